import HTTPTypes
import MicrosoftContract
import Testing

/// Every request of the clients, held against the documented shapes.
@Suite struct DocumentedRequestTests {
    /// But those that follow an address that Microsoft gave, and the one that sends back what was read, of which the sample
    /// holds a part.
    @Test(arguments: SampleCall.all.filter { !$0.path.hasPrefix("/v1.0/x/") && $0.name != "update subscription" })
    func `a call sends what is documented`(call: SampleCall) async throws {
        let wire = call.wire
        try await call.run(wire, SampleCall.id)
        let sent = try #require(wire.sent.first)
        let service: ContractService =
            switch sent.request.authority {
            case "partner.example": .partnerCenter
            case "graph.example": .graph
            default: .azure
            }
        let tap = try ContractTap(prefixes: [.partnerCenter: "/pc"])
        var request = sent.request
        // The core adds it.
        request.headerFields[.authorization] = "Bearer token"
        let violations = tap.check(
            service, request, sent.body, HTTPResponse(status: call.status), Array(call.answer.utf8))
        // The samples' ids are short, and the caller's.
        let meant = violations.filter { $0.side == .request && !$0.message.contains("is not a uuid") }
        #expect(meant.map { "\($0)" } == [])
        #expect(!tap.operations(of: service).isEmpty, "no documented call")
    }
}
