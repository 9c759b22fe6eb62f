import Foundation
import HTML
import PortalKit

/// Whom it concerns when a broker's provider goes.
struct SSOReach: Sendable {
    /// Linked to an account there.
    let people: Int
    /// Of these, who has no password here.
    let withoutPassword: Int
    /// Other sessions that the provider has opened.
    let sessions: Int
}

extension DatabaseConnection {
    mutating func ssoReach(of broker: Key<Broker>, except kept: [UInt8], now: Date) throws -> SSOReach {
        let linked: SQL = """
            SELECT COUNT(*) FROM portal_user WHERE broker_id = \(broker)
                AND EXISTS (SELECT 1 FROM sso_identity WHERE sso_identity.user_id = portal_user.id)
            """
        return try SSOReach(
            people: count(linked), withoutPassword: count("\(linked) AND password = ''"),
            sessions: count(
                """
                SELECT COUNT(*) FROM session JOIN portal_user ON portal_user.id = session.user_id
                WHERE broker_id = \(broker) AND method = \(Session.Method.sso) AND expires_at > \(now)
                    AND token_hash <> \(kept) AND parent_hash IS NULL
                """))
    }
}

/// What goes with a broker's provider of single sign-on.
func ssoRemovalPage(_ provider: SSOProvider, _ reach: SSOReach, csrf: String) -> HTML {
    guard !provider.isRequired else {
        return """
            \(alert(.warn, "Single sign-on is required", """
                <p>As long as it is, nobody could sign in without \(name(provider.name)). Switch the requirement off first, \
                on the page of security.</p>
                """))
            <p>\(linkButton("Back to security", path: "/security", style: .secondary))</p>
            """
    }
    return """
        \(alert(.warn, "What goes", """
            <ul><li>The settings of \(name(provider.name)), with the client secret that is stored here.</li>
            \(when(!provider.domains.isEmpty, "<li>The claim to \(each(provider.domains.enumerated()) { "\(when($0 > 0, ", "))\(name($1))" }): another broker may claim it then.</li>"))\
            <li>\(reach.people == 0
                ? "Nobody is linked to an account there."
                : "The links of \(counted(reach.people, "person", "people")) to their accounts there. From then on they sign in with a password.")</li>
            \(when(reach.withoutPassword > 0, "<li>\(counted(reach.withoutPassword, "of them has no password", "of them have no password")) here, and can't sign in until an owner sends a link to set one.</li>"))\
            \(when(reach.sessions > 0, "<li>\(counted(reach.sessions, "other session")) that it has opened \(reach.sessions == 1 ? "ends" : "end") at once.</li>"))</ul>
            <p>What is registered at the provider for this portal stays there until somebody removes it.</p>
            """))
        \(form(FormPage(
            action: "/security/provider-removal", csrfToken: csrf, fields: [], submit: "Remove the provider",
            cancel: (title: "Keep it", path: "/security"), style: .danger)))
        """
}
