import Microsoft
import MicrosoftKit
import PortalKit
import Testing

@Suite struct GraphHelpTests {
    private static func fault(_ status: Int, reason: MicrosoftFault.Reason = .refused) -> MicrosoftFault {
        MicrosoftFault(
            reason: reason, status: status, code: "c-1", message: "said", time: "t-1", requestID: "q-1",
            correlationID: "k-1", details: [MicrosoftFault.Detail(code: "d-1", message: "because")])
    }

    @Test(arguments: [
        (401, Problem.Remedy.signInAgain), (403, .thisOne), (404, .thisOne), (409, .thisOne), (410, .none),
        (412, .thisOne), (429, .retry), (500, .retry), (503, .retry), (400, .none), (501, .retry),
    ])
    func `every refusal says what happened, what it means and what helps`(status: Int, remedy: Problem.Remedy) {
        let problem = GraphHelp.problem(Self.fault(status))
        #expect(!problem.title.isEmpty && !problem.explanation.isEmpty && !problem.nextStep.isEmpty)
        #expect(problem.remedy == remedy)
        #expect(
            problem.facts.map(\.value) == ["c-1", "\(status)", "said", "t-1", "q-1", "k-1", "d-1 because"])
    }

    @Test(arguments: [MicrosoftFault.Reason.unreadable, .foreignLink, .endlessPages])
    func `an answer that can't be used is Microsoft's problem`(reason: MicrosoftFault.Reason) {
        #expect(GraphHelp.problem(Self.fault(200, reason: reason)).actor == .provider)
    }

    @Test func `a call that could not be sent is the portal's`() {
        #expect(GraphHelp.problem(Self.fault(0, reason: .unsendable)).actor == .portalAdministrator)
    }

    @Test func `a call's fault is put into words, another error is left alone`() async throws {
        struct Other: Error {}
        await #expect(throws: Problem.self) { try await GraphHelp.explaining { throw Self.fault(404) } }
        await #expect(throws: Other.self) { try await GraphHelp.explaining { throw Other() } }
    }
}
