import HTTPTypes
import MicrosoftContract

/// An exchange of a test's own, with what a gateway and a client always add; change what the test is about.
struct SampleExchange {
    var method = HTTPRequest.Method.get
    var path = "/"
    var requestHeaders: [String: String] = [:]
    var requestBody = ""
    var status = 200
    var responseHeaders: [String: String] = [:]
    var responseBody = ""

    static func partnerCenter(_ method: HTTPRequest.Method = .get, _ path: String) -> SampleExchange {
        let ids = [
            "MS-RequestId": "eeeeeeee-0000-4000-8000-000000000011",
            "MS-CorrelationId": "eeeeeeee-0000-4000-8000-000000000012",
        ]
        return SampleExchange(
            method: method, path: path,
            requestHeaders: ids.merging(["Authorization": "Bearer t", "Content-Type": "application/json"]) { $1 },
            responseHeaders: ids.merging(["Content-Type": "application/json; charset=utf-8"]) { $1 })
    }

    static func graph(_ method: HTTPRequest.Method = .get, _ path: String) -> SampleExchange {
        let ids = ["client-request-id": "eeeeeeee-0000-4000-8000-000000000021"]
        return SampleExchange(
            method: method, path: "/v1.0\(path)",
            requestHeaders: ids.merging(["Authorization": "Bearer t", "Content-Type": "application/json"]) { $1 },
            responseHeaders: ids.merging([
                "Content-Type": "application/json;odata.metadata=minimal",
                "request-id": "eeeeeeee-0000-4000-8000-000000000022",
            ]) { $1 })
    }

    func with(_ change: (inout SampleExchange) -> Void) -> SampleExchange {
        var copy = self
        change(&copy)
        return copy
    }

    /// With one piece of the answer's text replaced, which must be there.
    func answering(_ old: String, with new: String) -> SampleExchange {
        precondition(responseBody.contains(old), "the sample has no \(old)")
        return with { $0.responseBody = $0.responseBody.replacing(old, with: new) }
    }

    var recorded: RecordedExchange {
        var request = HTTPRequest(method: method, scheme: "https", authority: "service.example", path: path)
        for (name, value) in requestHeaders { HTTPField.Name(name).map { request.headerFields[$0] = value } }
        var response = HTTPResponse(status: .init(code: status))
        for (name, value) in responseHeaders { HTTPField.Name(name).map { response.headerFields[$0] = value } }
        return RecordedExchange(
            request: request, requestBody: Array(requestBody.utf8), response: response,
            responseBody: Array(responseBody.utf8))
    }

    func violations(_ document: ContractDocument, prefix: String = "") -> [String] {
        document.violations(of: recorded, prefix: prefix).map(\.description)
    }
}
