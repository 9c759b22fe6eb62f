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

extension DatabaseConnection {
    mutating func surroundings(of session: Session, _ limits: SessionLimits, now: Date) throws -> Surroundings {
        Surroundings(openings: try ssoOpenings(for: session, limits, now: now))
    }
}

extension Visit {
    var ribbons: [Ribbon] {
        portal.ribbons + (context.surroundings?.openings ?? []).map { $0.ribbon(for: self) }
    }
}
