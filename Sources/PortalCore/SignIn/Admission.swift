import FastCGI
import Foundation
import HTTPTypes
import Hummingbird
import PortalKit

/// Lets a person in who has proved a first factor: a new session at the right stage, and at the end of the way a browser that
/// is known from then on.
struct Admission: Sendable {
    let user: User
    let method: Session.Method
    let stage: Session.Stage
    /// With this one the browser is remembered.
    let device: Token?

    static let maxSessions = 20
    /// For the rest of a sign-in.
    static let stageLifetime: TimeInterval = 15 * 60

    func set(_ token: Token, on response: inout Response) {
        response.set(cookie: Session.cookie, token.text)
        response.set(cookie: SignInRoutes.visitorCookie, "", maxAge: 0)
        if let device { response.set(cookie: KnownDevice.cookie, device.text, maxAge: Int(KnownDevice.lifetime)) }
    }
}

extension PublicVisit {
    /// - Parameters:
    ///   - provedAt: `nil` for just now.
    ///   - hasProvedSecond: after the code, or where the way in asks for none.
    ///   - cameFrom: the branded host to go back to.
    ///   - limit: less than other sessions live.
    func admit(
        _ user: User, _ method: Session.Method, provedAt: Date? = nil, hasProvedSecond: Bool = false,
        cameFrom: String? = nil, limit: TimeInterval? = nil, _ db: inout DatabaseConnection
    ) throws -> (Admission, Token) {
        let stage = hasProvedSecond ? .open : try db.stageAfterFirstFactor(of: user)
        let isOpen = stage == .open
        let admission = Admission(
            user: user, method: method, stage: stage,
            device: isOpen ? request.cookie(KnownDevice.cookie).map { Token($0) } ?? Token() : nil)
        if let device = admission.device { try db.remember(device, of: user.id, now: now) }
        let new = NewSession(
            user: user.id, host: place.baseURL.host, method: method, stage: stage, provedAt: provedAt ?? now,
            address: address,
            agent: request.headers[.userAgent] ?? "", cameFrom: cameFrom)
        var limits = portal.configuration.sessionLimits
        if let limit { limits.absolute = min(limits.absolute, limit) }
        if !isOpen { limits.absolute = min(limits.absolute, Admission.stageLifetime) }
        let token = try db.start(new, replacing: context.session, limits, now: now)
        if isOpen {
            try db.execute("UPDATE portal_user SET signed_in_at = \(now) WHERE id = \(user.id)")
            if try db.endOldestSession(of: user.id, beyond: Admission.maxSessions, limits, now: now) {
                try db.audit(
                    auditLine(user.email, "session.end-oldest", outcome: .done, broker: user.brokerID), at: now)
                try db.tell(user, .oldestSessionEnded(limit: Admission.maxSessions), portal.vault, at: now)
            }
        }
        return (admission, token)
    }

    var address: String { context.variables.remoteAddress }
}

extension DatabaseConnection {
    /// Where a sign-in goes on after the password or a link.
    fileprivate mutating func stageAfterFirstFactor(of user: User) throws -> Session.Stage {
        if try hasSecondFactor(user.id) { return .secondFactor }
        return try needsSecondFactor(user) ? .enrolment : .open
    }

    /// By the own role or one of a group. The demo accounts of practice mode are excepted.
    mutating func needsSecondFactor(_ user: User) throws -> Bool {
        try !user.isDemo && access(of: user).roles.contains(where: \.needsSecondFactor)
    }
}
