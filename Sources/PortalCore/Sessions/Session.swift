package import Foundation
import PortalKit

/// A person signed in at one host.
struct Session: Sendable {
    let tokenHash: [UInt8]
    let user: User
    /// The broker that the person belongs to.
    let broker: Broker?
    let access: PersonAccess
    let stage: Stage
    let method: Method
    /// When the person last proved to be who it is: at the sign-in, or in a step-up.
    let provedAt: Date
    /// The branded host that handed the person over, to go back to.
    let cameFrom: String?
    let seenAt: Date
    /// What the forms of this session carry.
    let formToken: String

    /// How far the sign-in has come. Only an open session opens pages.
    enum Stage: String, Sendable, SQLConvertible {
        case open
        /// The password was right; the code is still to come.
        case secondFactor = "second-factor"
        /// The person's role needs a second factor, and there is none yet.
        case enrolment
    }

    enum Method: String, Sendable, SQLConvertible {
        case password, sso
        /// A one-time link, from an invitation or a reset.
        case link
        /// A one-time link from the command line on the machine itself.
        case breakGlass = "break-glass"
    }

    static let cookie = "__Host-gatehouse"
    /// For so long after a proof nobody asks for another.
    static let proofLifetime: TimeInterval = 10 * 60
    /// Of one that a link from the machine itself has begun, however long others are.
    static let breakGlassLimit: TimeInterval = 60 * 60
}

/// How long sessions live.
package struct SessionLimits: Sendable {
    package var idle: TimeInterval = 30 * 60
    package var absolute: TimeInterval = 10 * 60 * 60
}

/// What a new session is begun with.
struct NewSession {
    var user: Key<User>
    var host: String
    var method: Session.Method
    var stage: Session.Stage = .open
    /// When the person proved to be who it is; for a hand-over the first session's.
    var provedAt: Date
    var address: String
    var agent: String
    var cameFrom: String?
    /// The session that handed the person over; the two end together.
    var parent: [UInt8]?
}

extension Session.Stage {
    /// The page on which the sign-in goes on.
    var path: String {
        switch self {
        case .open: "/"
        case .secondFactor: "/sign-in/code"
        case .enrolment: "/account/second-factor"
        }
    }
}
