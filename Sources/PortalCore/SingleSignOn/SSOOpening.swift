import Foundation
import HTML
import PortalKit

/// A way in that is open for a while and that everybody should see: a pause, or break-glass.
struct SSOOpening: Sendable {
    enum Kind: String, Sendable, SQLConvertible {
        case pause, suspension
        /// A sign-in link that waits to be used.
        case link
        /// A session that such a link has begun.
        case session
    }

    let kind: Kind
    let until: Date
    /// The broker's name; for links and sessions the person's address.
    let subject: String

    func ribbon(for visit: Visit) -> Ribbon {
        switch kind {
        case .pause:
            Ribbon(
                kind: .info, text: "Single sign-on is paused: at present it is not required,", until: until,
                action: restore(visit))
        case .suspension:
            Ribbon(
                kind: .warning, text: "Break-glass is open: single sign-on is not required at \(subject),",
                until: until,
                action: restore(visit))
        case .link:
            Ribbon(
                kind: .warning, text: "Break-glass is open: a link from the portal's machine can sign in \(subject),",
                until: until)
        case .session:
            Ribbon(
                kind: .warning,
                text: "Break-glass is open: \(subject) was signed in by a link from the portal's machine,",
                until: until)
        }
    }

    private func restore(_ visit: Visit) -> HTML? {
        guard visit.may(.manageSecurity) else { return nil }
        return postButton(
            "Restore now", action: "/security/sso-restorations", csrfToken: visit.session.formToken,
            hidden: [("what", kind.rawValue)])
    }
}

extension DatabaseConnection {
    /// A broker's own; portal administrators see all break-glass, and customers' people none of it.
    mutating func ssoOpenings(for session: Session, _ limits: SessionLimits, now: Date) throws -> [SSOOpening] {
        guard session.user.organizationID == nil else { return [] }
        let broker = session.broker?.id
        let ofBroker: SQL = if let broker { "AND broker_id = \(broker)" } else { "" }
        let pauses: SQL =
            if let broker {
                "SELECT 'pause' AS kind, until AS ends, '' AS subject FROM sso_pause WHERE until > \(now) AND broker_id = \(broker) UNION ALL"
            } else { "" }
        return try query(
            """
            \(pauses)
            SELECT 'suspension' AS kind, until AS ends, name AS subject FROM sso_suspension
            JOIN broker ON broker.id = broker_id WHERE until > \(now) \(ofBroker)
            UNION ALL SELECT 'link', one_time_link.expires_at, email FROM one_time_link
            JOIN portal_user ON portal_user.id = one_time_link.user_id
            WHERE purpose = 'sign-in' AND one_time_link.expires_at > \(now) \(ofBroker)
            UNION ALL SELECT 'session', session.expires_at, email FROM session
            JOIN portal_user ON portal_user.id = session.user_id
            WHERE method = 'break-glass' AND session.expires_at > \(now) AND seen_at > \(now - limits.idle) \(ofBroker)
            ORDER BY ends LIMIT 5
            """
        ) { row in try SSOOpening(kind: row[0], until: row[1], subject: row[2]) }
    }
}
