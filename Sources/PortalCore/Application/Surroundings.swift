import Foundation
import HTML
import PortalKit

/// What every page shows a signed-in person besides its own content, read together with the session.
struct Surroundings: Sendable {
    /// Until when the broker's requirement of single sign-on is paused.
    var ssoPausedUntil: Date?
    /// Until when it is suspended from the machine itself.
    var ssoSuspendedUntil: Date?
    /// How much needs a person, for the menu.
    var attentionCount = 0
}

extension DatabaseConnection {
    mutating func surroundings(of session: Session, now: Date) throws -> Surroundings {
        guard let broker = session.broker else { return Surroundings() }
        return try Surroundings(
            ssoPausedUntil: first("SELECT until FROM sso_pause WHERE broker_id = \(broker.id) AND until > \(now)") {
                try $0[0]
            },
            ssoSuspendedUntil: first(
                "SELECT until FROM sso_suspension WHERE broker_id = \(broker.id) AND until > \(now)"
            ) { try $0[0] })
    }
}

extension Visit {
    var ribbons: [Ribbon] {
        var all = portal.ribbons
        if let until = context.surroundings?.ssoSuspendedUntil {
            all.append(
                Ribbon(
                    kind: .warning, text: "Break-glass: single sign-on is not required here until its end, in",
                    until: until))
        }
        if let until = context.surroundings?.ssoPausedUntil {
            all.append(
                Ribbon(kind: .info, text: "Single sign-on is not required at present. Required again in", until: until))
        }
        return all
    }
}
