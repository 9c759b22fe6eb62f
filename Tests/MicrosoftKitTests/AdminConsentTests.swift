import PortalKit
import Testing

@testable import MicrosoftKit

@Suite struct AdminConsentTests {
    @Test func `the administrator is sent to the tenant's consent page`() throws {
        let settings = try MicrosoftSettings(
            Values(["cloud": "global", "application-id": "a1", "application-secret": "s"]))
        let address = AdminConsent(settings).address(
            tenant: "c1", scope: "https://graph.microsoft.com/.default", redirectURI: "https://portal.example/c?x=1",
            state: "a&b=c")
        #expect(
            address
                == "https://login.microsoftonline.com/c1/v2.0/adminconsent?client_id=a1&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&redirect_uri=https%3A%2F%2Fportal.example%2Fc%3Fx%3D1&state=a%26b%3Dc"
        )
        #expect(
            AdminConsent(settings).address(tenant: "../x?", scope: "", redirectURI: "", state: "").hasPrefix(
                "https://login.microsoftonline.com/..%2Fx%3F/v2.0/"))
    }

    @Test(arguments: [
        (["admin_consent": "True", "tenant": "c1", "state": "s"], AdminConsent.Outcome.granted(tenant: "c1")),
        (
            [
                "admin_consent": "True", "tenant": "c1", "error": "consent_required",
                "error_description": "AADSTS65004", "state": "s",
            ],
            .refused(error: "consent_required", description: "AADSTS65004")
        ),
        (["error": "permission_denied", "state": "s"], .refused(error: "permission_denied", description: "")),
        (["error": "", "admin_consent": "True", "tenant": "c1", "state": "s"], .refused(error: "", description: "")),
        (["admin_consent": "True", "state": "s"], .unreadable), (["tenant": "c1", "state": "s"], .unreadable),
        (["admin_consent": "False", "tenant": "c1", "state": "s"], .unreadable), (["state": "s"], .unreadable),
    ])
    func `a refusal that says yes as well is a refusal`(query: [String: String], outcome: AdminConsent.Outcome) {
        #expect(AdminConsent.read(query) == AdminConsent.Answer(state: "s", outcome: outcome))
    }
}
