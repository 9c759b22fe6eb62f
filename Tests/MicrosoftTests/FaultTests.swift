import Foundation
import HTTPTypes
import Microsoft
import Testing

@Suite struct FaultTests {
    private func partnerCenterFault(_ wire: Wire) async throws -> MicrosoftFault? {
        try await faultOf { _ = try await wire.partnerCenter.customer("c1") }
    }

    private func graphFault(_ wire: Wire) async throws -> MicrosoftFault? {
        try await faultOf { _ = try await wire.graph.organization() }
    }

    @Test(arguments: [
        (#"{"code":"20002","description":"No relationship.","data":[],"source":"x"}"#, "20002", "No relationship."),
        ("\u{feff}" + #"{"code":20002,"description":"No relationship."}"#, "20002", "No relationship."),
        (#"{"statusCode":429,"message":"Try again in 57 seconds."}"#, "", "Try again in 57 seconds."),
        (#"{"error":{"code":"BadRequest","message":"No."}}"#, "BadRequest", "No."),
        (
            #"{"error":{"message":"","innerError":{"code":"a","innerError":{"code":"b","message":"Deep."}}}}"#, "a",
            "Deep."
        ),
        (#"{"error":"invalid_grant","error_description":"AADSTS50173"}"#, "invalid_grant", "AADSTS50173"),
        ("", "", "Bad Request"), ("<html><body>502</body></html>", "", "Bad Request"), ("null", "", "Bad Request"),
        ("[1]", "", "Bad Request"), (#"{"code":"2"#, "", "Bad Request"),
        (#"{"code":{},"description":[]}"#, "", "Bad Request"), (#"{"error":null}"#, "", "Bad Request"),
    ])
    func `a refusal is read in every form`(body: String, code: String, message: String) async throws {
        let fault = try #require(try await partnerCenterFault(Wire(body, status: .badRequest)))
        #expect(fault.reason == .refused && fault.status == 400 && fault.code == code && fault.message == message)
        #expect(fault.requestID.count == 36 && fault.correlationID.count == 36)
    }

    @Test(arguments: [10, 64, 65, 600, 20_000])
    func `nesting of any depth ends in a fault`(levels: Int) async throws {
        let body = String(repeating: #"{"error":"#, count: levels) + "1" + String(repeating: "}", count: levels)
        #expect(try await partnerCenterFault(Wire(body, status: .badRequest))?.status == 400)
        #expect(try await partnerCenterFault(Wire(body))?.reason == .unreadable)
    }

    @Test func `Graph's nested facts are kept`() async throws {
        let wire = Wire(
            #"{"error":{"code":"Forbidden","message":"No.","details":[{"code":"d1","message":"Because.","target":"x"},{}],"innerError":{"date":"2026-01-15T10:17:05","request-id":"q","client-request-id":"k"}}}"#,
            status: .forbidden)
        let fault = try #require(try await graphFault(wire))
        #expect(fault.time == "2026-01-15T10:17:05" && fault.requestID == "q" && fault.correlationID == "k")
        #expect(fault.details == [MicrosoftFault.Detail(code: "d1", message: "Because.")])
    }

    @Test func `a refusal without a body says what its head says`() async throws {
        let status = HTTPResponse.Status(code: 401, reasonPhrase: "Unauthorized - MFA required")
        let wire = Wire("", status: status, ["WWW-Authenticate": #"Bearer error="invalid_token""#])
        #expect(
            try await partnerCenterFault(wire)?.message
                == #"Unauthorized - MFA required; Bearer error="invalid_token""#)
    }

    @Test func `a refusal of megabytes is not looked into`() async throws {
        let wire = Wire(#"{"code":"1","x":"\#(String(repeating: "x", count: 3 << 20))"}"#, status: .badRequest)
        #expect(try await partnerCenterFault(wire)?.code == "")
    }

    @Test func `an answer of more than 32 MB is not read`() async throws {
        let wire = Wire(#"{"id":"\#(String(repeating: "x", count: 33 << 20))"}"#)
        #expect(try await partnerCenterFault(wire)?.reason == .unreadable)
    }

    @Test func `a fault's texts are bounded`() async throws {
        let long = String(repeating: "x", count: 100_000)
        let wire = Wire(#"{"code":"\#(long)","description":"\#(long)"}"#, status: .badRequest)
        let fault = try #require(try await partnerCenterFault(wire))
        #expect(fault.code.count == 2_000 && fault.message.count == 2_000)
    }

    @Test(arguments: [
        (["Retry-After": "57"], 57), (["Retry-After": " 0 "], 0), (["Retry-After": "-5"], 0),
        (["Retry-After": "99999999"], 86_400),
        (["Retry-After": "Thu, 15 Jan 2026 10:02:00 GMT", "Date": "Thu, 15 Jan 2026 10:00:00 GMT"], 120),
        (["Retry-After": "Thu, 15 Jan 2026 09:00:00 GMT", "Date": "Thu, 15 Jan 2026 10:00:00 GMT"], 0),
        (["Retry-After": "Thu, 15 Jan 2026 10:02:00 GMT"], nil), (["Retry-After": "soon"], nil),
        (["Retry-After": "99999999999999999999"], nil), ([:], nil),
    ])
    func `how long to wait is read from seconds and dates`(fields: [String: String], seconds: Int?) async throws {
        let fault = try await graphFault(Wire("", status: .tooManyRequests, fields))
        #expect(fault?.retryAfter == seconds.map { .seconds($0) })
    }

    @Test(arguments: [(400, "2055", true), (412, "", true), (400, "3000", false), (409, "2055", false)])
    func `a stale ETag is recognized in both services`(status: Int, code: String, isStale: Bool) async throws {
        let wire = Wire(#"{"code":"\#(code)"}"#, status: HTTPResponse.Status(code: status))
        #expect(try await partnerCenterFault(wire)?.isStaleETag == isStale)
    }

    @Test(arguments: [(410, "", true), (400, "syncStateNotFound", true), (400, "BadRequest", false)])
    func `a delta link that is too old is recognized`(status: Int, code: String, isOld: Bool) async throws {
        let wire = Wire(#"{"error":{"code":"\#(code)"}}"#, status: HTTPResponse.Status(code: status))
        let fault = try await faultOf { _ = try await wire.graph.userChanges(after: nil) }
        #expect(fault?.isResyncRequired == isOld)
    }

    @Test func `a refusal that comes with status 200 keeps its words`() async throws {
        let wire = Wire(#"{"code":"400072","description":"The item is gone."}"#)
        let fault = try await faultOf { _ = try await wire.partnerCenter.skus(ofProduct: "p", country: "US") }
        #expect(fault?.reason == .unreadable && fault?.code == "400072" && fault?.message == "The item is gone.")
    }

    @Test(arguments: [
        "", "{", "[]", "null", "<html></html>", #"{"items":[{"id":5}]}"#, #"{"items":"x"}"#, "{}", #"{"items":null}"#,
        "\u{0}{}", #"{"items":[{"id":"a\u{1}"}]}"#, #"{"items":[{"id":"\ud800"}]}"#,
    ])
    func `an answer that can't be read is a typed fault`(body: String) async throws {
        let fault = try await faultOf { _ = try await Wire(body).partnerCenter.customers(size: 1, after: nil) }
        #expect(fault?.reason == .unreadable && fault?.status == 200 && fault?.message.isEmpty == false)
    }
}
