import Foundation
import HTTPTypes
import Microsoft
import Testing

/// What every call of the clients has in common; what goes out and what comes back is in the table of ``SampleCall``.
@Suite struct CallTests {
    @Test(arguments: SampleCall.all)
    func `a call sends the documented request and reads the documented answer`(call: SampleCall) async throws {
        let wire = call.wire
        try await call.run(wire, SampleCall.id)
        let sent = try #require(wire.sent.first)
        #expect(wire.sent.count == 1 && sent.request.method == call.method)
        let prefix = sent.request.authority == "partner.example" ? "/pc" : ""
        #expect(sent.request.scheme == "https")
        #expect(sent.request.path == prefix + call.path.replacing("{id}", with: SampleCall.id))
        let body = try call.body.map { try JSON($0.replacing("{id}", with: SampleCall.id)) }
        #expect(sent.json == body && sent.field("Content-Type") == (body == nil ? nil : "application/json"))
        #expect(sent.field("Accept") == "application/json" && sent.field("Authorization") == nil)
        for (name, value) in call.fields { #expect(sent.field(name) == value, "\(name)") }
    }

    @Test(arguments: SampleCall.all.filter { ($0.path + ($0.body ?? "")).contains("{id}") })
    func `what is not an id never becomes part of a path`(call: SampleCall) async throws {
        let hostile = [
            "../me", "..", ".", "a/b", "a?b", "", "ä", "a b", "a%2fb", "a'b", "a)", "a#b", "a\\b", "a\r\nX: y", "a\0",
            String(repeating: "a", count: 1_000),
        ]
        for id in hostile {
            let wire = call.wire
            let fault = try await faultOf { try await call.run(wire, id) }
            #expect(fault?.reason == .unsendable && wire.sent.isEmpty, "\(id)")
        }
    }

    @Test(arguments: SampleCall.all)
    func `a refusal becomes a fault with Microsoft's code, words and ids`(call: SampleCall) async throws {
        let wire = Wire(
            #"{"code":"c-1","description":"said","error":{"code":"c-1","message":"said"}}"#, status: .forbidden,
            [
                "Date": "Thu, 15 Jan 2026 10:00:00 GMT", "request-id": "q-1", "MS-RequestId": "q-1,q-1",
                "x-ms-request-id": "q-1", "client-request-id": "k-1", "MS-CorrelationId": "k-1",
                "x-ms-correlation-request-id": "k-1",
            ])
        let fault = try await faultOf { try await call.run(wire, SampleCall.id) }
        #expect(
            fault
                == MicrosoftFault(
                    status: 403, code: "c-1", message: "said", time: "Thu, 15 Jan 2026 10:00:00 GMT",
                    requestID: "q-1", correlationID: "k-1"))
    }

    @Test(arguments: SampleCall.all)
    func `a redirect is not followed`(call: SampleCall) async throws {
        let wire = Wire("", status: .found, ["Location": "https://elsewhere.example/"])
        let fault = try await faultOf { try await call.run(wire, SampleCall.id) }
        #expect(fault?.status == 302 && wire.sent.count == 1)
    }

    @Test(arguments: SampleCall.partnerCenter.filter { $0.fields["MS-RequestId"] != nil })
    func `a repeated call has the same request id and a new correlation id`(call: SampleCall) async throws {
        let wire = call.wire
        try await call.run(wire, SampleCall.id)
        try await call.run(wire, SampleCall.id)
        #expect(wire.sent.map { $0.field("MS-RequestId") } == [SampleCall.keyText, SampleCall.keyText])
        #expect(Set(wire.sent.map { $0.field("MS-CorrelationId") }).count == 2)
    }

    @Test func `a call without a key gets ids of its own`() async throws {
        let wire = Wire(#"{"items":[]}"#)
        for _ in 0..<2 { _ = try await wire.partnerCenter.invoiceSummaries() }
        #expect(Set(wire.sent.map { $0.field("MS-RequestId") }).count == 2)
        #expect(wire.sent.first?.field("MS-RequestId")?.count == 36 && wire.sent.first?.field("X-Locale") == "en-US")
    }

    @Test func `what can't be a field's value is not sent`() async throws {
        let wire = Wire("")
        let fault = try await faultOf { try await wire.graph.deleteRelationship("r1", etag: "a\r\nX-Other: b") }
        #expect(fault?.reason == .unsendable && wire.sent.isEmpty)
    }

    @Test func `what sending throws comes through`() async throws {
        struct Off: Error {}
        let graph = Graph(baseURL: "https://graph.example") { _, _ in throw Off() }
        await #expect(throws: Off.self) { try await graph.organization() }
    }

    @Test func `a base address that is none is a fault`() async throws {
        let graph = Graph(baseURL: "nonsense") { _, _ in (HTTPResponse(status: .ok), []) }
        await #expect(throws: MicrosoftFault.self) { try await graph.organization() }
    }
}
