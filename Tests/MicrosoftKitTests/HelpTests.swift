import Microsoft
import OpenIDConnect
import PortalKit
import Testing

@testable import MicrosoftKit

@Suite struct HelpTests {
    @Test func `Microsoft's own facts stay beside the plain words`() {
        let body =
            #"{"error":"invalid_grant","error_description":"AADSTS50173: The provided grant has expired.\r\nTrace ID: t1","error_codes":[50173],"timestamp":"2026-01-15 10:00:00Z","trace_id":"t1","correlation_id":"c1","suberror":"bad_token"}"#
        let problem = EntraHelp.problem(OAuthError(status: 400, body: Array(body.utf8)))
        #expect(problem.title == "The password was changed or the sessions were revoked")
        #expect(problem.remedy == .signInAgain)
        #expect(problem.facts.contains(Problem.Fact("Microsoft's code", "AADSTS50173")))
        #expect(problem.facts.contains(Problem.Fact("Correlation id", "c1")))
        #expect(
            problem.facts.contains(Problem.Fact("Microsoft's message", "AADSTS50173: The provided grant has expired.")))
    }

    @Test func `the remedy hangs on the OAuth error, never on the number`() {
        for (error, remedy) in [
            ("invalid_grant", Problem.Remedy.signInAgain), ("interaction_required", .signInAgain),
            ("temporarily_unavailable", .retry), ("invalid_client", .none),
        ] {
            #expect(EntraHelp.problem(OAuthError(error: error, description: "AADSTS50011: x")).remedy == remedy)
        }
    }

    @Test(arguments: [#"{"error":5}"#, "", "<html>", "null", #"{"error_codes":"x"}"#])
    func `an answer of another form is a problem with words too`(body: String) {
        let problem = EntraHelp.problem(OAuthError(status: 502, body: Array(body.utf8)))
        #expect(problem.title == "Microsoft's sign-in service has a problem" && problem.remedy == .retry)
    }

    @Test func `a missing MFA claim is recognized by its code and by the words of the older form`() {
        for fault in [
            MicrosoftFault(status: 401, code: "900421", message: "", time: "", requestID: "", correlationID: ""),
            MicrosoftFault(
                status: 401, code: "", message: #"Bearer error="invalid_token", MFA required"#, time: "", requestID: "",
                correlationID: ""),
        ] {
            #expect(PartnerCenterHelp.problem(fault).title == "The sign-in had no multifactor authentication")
        }
    }

    @Test func `every help text says what happened, what it means and what to do`() {
        for status in [400, 401, 403, 404, 409, 429, 500] {
            let problem = PartnerCenterHelp.problem(
                MicrosoftFault(status: status, code: "x", message: "m", time: "", requestID: "", correlationID: ""))
            #expect(!problem.title.isEmpty && !problem.explanation.isEmpty && !problem.nextStep.isEmpty)
        }
    }
}
