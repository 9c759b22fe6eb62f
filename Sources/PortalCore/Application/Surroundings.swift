import Foundation
import HTML
import PortalKit

/// What every page shows a signed-in person besides its own content, read together with the session.
struct Surroundings: Sendable {
    /// What makes signing in easier than it should be, for a while.
    var openings: [SSOOpening] = []
    /// How much needs a person, for the menu.
    var attentionCount = 0
}

extension Portal {
    func surroundings(of session: Session, _ db: inout DatabaseConnection, now: Date) throws -> Surroundings {
        try Surroundings(
            openings: db.ssoOpenings(for: session, configuration.sessionLimits, now: now),
            attentionCount: attentionCount(session, &db, now: now))
    }
}

extension Visit {
    var ribbons: [Ribbon] {
        portal.ribbons + (context.surroundings?.openings ?? []).map { $0.ribbon(for: self) }
    }
}
