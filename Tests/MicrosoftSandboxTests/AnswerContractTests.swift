import HTTPTypes
import MicrosoftContract
import MicrosoftSandbox
import Testing

@Suite struct AnswerContractTests {
    /// What is said of an answer of the test's own, to a request that the sandbox never saw.
    private func said(
        _ path: String, _ status: HTTPResponse.Status = .ok, _ type: String = "application/json", _ body: String = "{}"
    ) async throws -> [String] {
        let client = try await PracticeClient()
        let ids = HTTPField.Name("MS-RequestId").map { [HTTPField(name: $0, value: "r")] } ?? []
        let response = HTTPResponse(
            status: status, headerFields: HTTPFields(ids + [HTTPField(name: .contentType, value: type)]))
        let exchange = RecordedExchange(
            request: HTTPRequest(method: .get, scheme: nil, authority: nil, path: path), response: response,
            responseBody: Array(body.utf8))
        return client.contract.violations(of: exchange).map(\.description)
    }

    @Test func `an answer that is not as documented is told, whatever was wrong with the request`() async throws {
        let said = try await said("/graph/v1.0/organization?nonsense=1")
        #expect(said.contains("GET /v1.0/organization: response 200 body /value is missing"))
        #expect(said.allSatisfy { $0.contains(": response ") })
    }

    @Test func `success where no call is documented is told, a refusal isn't`() async throws {
        let path = "/partnercenter/v1/customers/x/applicationconsents"
        #expect(try await said(path) == ["GET \(path): request path is of no documented operation"])
        #expect(try await said(path, .notFound).isEmpty)
    }

    @Test(arguments: [
        ("/entra/x/oauth2/v2.0/authorize", "text/html; charset=utf-8"), ("/control/world", "application/json"),
        ("/graph/blobs/m/b", "application/octet-stream"), ("/", "text/html"),
    ])
    func `pages of the sandbox's own, files and the control are left out`(path: String, type: String) async throws {
        #expect(try await said(path, .ok, type, "x").isEmpty)
    }

    @Test(arguments: [
        (Fault(.wrongBody, service: .graph, form: "html"), true), (Fault(.truncated, service: .graph), true),
        (Fault(.redirect, service: .graph), true), (Fault(.throttle, service: .graph, retryAfter: "soon"), true),
        (Fault(.throttle, service: .graph), false), (Fault(.serverError, service: .graph, status: 503), false),
    ])
    func `what a fault spoils is left out, what it only refuses isn't`(fault: Fault, isLeftOut: Bool) async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        client.sandbox.add(fault)
        let reply = await client.graph(.get, "organization", token)
        let spoiled = RecordedExchange(
            request: HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/graph/v1.0/organization"),
            response: HTTPResponse(status: .init(code: reply.status), headerFields: reply.headers),
            responseBody: Array("?".utf8))
        #expect(client.contract.violations(of: spoiled).isEmpty == isLeftOut)
    }
}
