import Foundation
import HTTPTypes
import Microsoft
import Synchronization
import Testing

@Suite struct PartnerCenterTests {
    /// One planned answer, and the request that came.
    private final class Wire: Sendable {
        let seen = Mutex<HTTPRequest?>(nil)
        let status: HTTPResponse.Status
        let fields: HTTPFields
        let body: [UInt8]

        init(_ body: String, status: HTTPResponse.Status = .ok, fields: HTTPFields = [:], byteOrderMark: Bool = false) {
            self.status = status
            self.fields = fields
            self.body = (byteOrderMark ? [0xef, 0xbb, 0xbf] : []) + Array(body.utf8)
        }

        func client() -> PartnerCenter {
            PartnerCenter(baseURL: "https://api.partnercenter.microsoft.com") { request, _ in
                self.seen.withLock { $0 = request }
                return (HTTPResponse(status: self.status, headerFields: self.fields), self.body)
            }
        }
    }

    @Test
    func `a page of customers is read behind a byte-order mark, and the continuation comes from the link's header`()
        async throws
    {
        let wire = Wire(
            #"{"totalCount":1,"items":[{"id":"c1","companyProfile":{"tenantId":"c1","domain":"a.onmicrosoft.com","companyName":"A"},"relationshipToPartner":"reseller"}],"links":{"next":{"uri":"/customers?size=1&seekOperation=Next","method":"GET","headers":[{"key":"MS-ContinuationToken","value":"token=="}]}}}"#,
            byteOrderMark: true)
        let page = try await wire.client().customers(size: 40, continuation: nil)
        #expect(page.customers.map(\.id) == ["c1"] && page.continuation == "token==")
        let request = try #require(wire.seen.withLock { $0 })
        #expect(request.path == "/v1/customers?size=40" && request.authority == "api.partnercenter.microsoft.com")
        #expect(HTTPField.Name("MS-RequestId").flatMap { request.headerFields[$0] }?.count == 36)
    }

    @Test func `the next page is asked for with the token in a header, never in the address`() async throws {
        let wire = Wire(#"{"items":[],"links":{}}"#)
        let page = try await wire.client().customers(size: 40, continuation: "secret==")
        let request = try #require(wire.seen.withLock { $0 })
        #expect(request.path == "/v1/customers?size=40&seekOperation=Next")
        #expect(HTTPField.Name("MS-ContinuationToken").flatMap { request.headerFields[$0] } == "secret==")
        #expect(page.continuation == nil)
    }

    @Test(arguments: [("true", true), ("True,true", true), ("false", false)])
    func `the MFA answer is read from its header field`(value: String, compliant: Bool) async throws {
        let wire = Wire("{}", fields: HTTPField.Name("isMfaCompliant").map { [$0: value] } ?? [:])
        #expect(try await wire.client().legalBusinessProfile().isMFACompliant == compliant)
    }

    @Test func `a fault keeps Microsoft's code, words and ids`() async throws {
        let fields = HTTPField.Name("MS-CorrelationId").map { [$0: "c-1"] as HTTPFields } ?? [:]
        let wire = Wire(
            #"{"code":"20002","description":"No relationship.","data":[],"source":"x"}"#, status: .forbidden,
            fields: fields)
        await #expect { try await wire.client().customer("cccccccc-0000-4000-8000-000000000001") } throws: { error in
            let fault = error as? MicrosoftFault
            return fault?.status == 403 && fault?.code == "20002" && fault?.message == "No relationship."
                && fault?.correlationID == "c-1"
        }
    }

    @Test(arguments: [
        "", "{", "[]", "null", "<html></html>", #"{"items":[{"id":5}]}"#, #"{"items":"x"}"#,
        String(repeating: "[", count: 10_000),
    ])
    func `an answer that can't be read is a typed fault`(body: String) async throws {
        await #expect(throws: MicrosoftFault.self) {
            try await Wire(body).client().customers(size: 1, continuation: nil)
        }
    }

    @Test(arguments: ["../me", "a/b", "a?b", "", "ä"])
    func `what is not an id never becomes a path`(id: String) async throws {
        let wire = Wire("{}")
        await #expect(throws: MicrosoftFault.self) { try await wire.client().customer(id) }
        #expect(wire.seen.withLock { $0 } == nil)
    }
}
