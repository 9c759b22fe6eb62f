import HTML
import Hummingbird
import PortalKit

extension PublicVisit {
    /// The answer to a link that would set a password which opens nothing, because single sign-on is required of the person.
    func ssoInstead(of account: Credentials) throws -> Response? {
        guard !account.mayUsePassword, let id = account.user.brokerID else { return nil }
        let found = try portal.database.read { try ($0.ssoProvider(of: id), $0.broker(id)) }
        guard case (let provider?, let broker?) = found else { return nil }
        return show { ssoIsRequiredPage(self, provider, broker, $0.derived("form"), account.user) }
    }
}

extension Session {
    /// Whoever signed in with a provider may want to sign out there too.
    var pathAfterSignOut: String {
        guard method == .sso, let broker else { return "/sign-in" }
        return "/signed-out?sso=\(broker.id.rawValue.queryEncoded)"
    }
}

/// Under the form of the step-up: the way of those who have no password here.
func ssoConfirmation(_ session: Session, held: Token?, next: String) -> HTML {
    guard session.method == .sso else { return HTML() }
    return section(
        "Or sign in again",
        intro:
            "At the provider where you signed in before. It asks you to sign in anew.",
        postButton(
            "Confirm with single sign-on", action: "/confirm/sso", csrfToken: session.formToken,
            hidden: [held.map { ("form", $0.text) } ?? ("next", next)]))
}
