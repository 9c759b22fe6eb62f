import Foundation
import HTML
import Hummingbird
import PortalKit

/// A person's own account: who one is here, the password, the second step, where one is signed in.
enum AccountRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/account", .seeHome, page)
        routes.get("/account/password", .seeHome) { try showPassword($0) }
        routes.post("/account/password", .seeHome, changePassword)
        routes.post("/account/sessions/removal", .seeHome, endSessions)
    }

    private static func page(_ visit: Visit) throws -> Response {
        let limits = visit.portal.configuration.sessionLimits
        let (account, factor, needsFactor, sessions) = try visit.portal.database.read { db in
            (
                try db.credentials(of: visit.user.id, now: visit.now),
                try db.secondFactor(of: visit.user.id, visit.portal.vault),
                try db.needsSecondFactor(visit.user), try db.sessions(of: visit.user.id, limits, now: visit.now)
            )
        }
        guard let account else { throw PageError.notFound }
        return visit.show(
            visit.frame("Your account", "Who you are here, and how you sign in."),
            accountPage(
                AccountPage(
                    account: account, roles: visit.session.access.roles, factor: factor, needsFactor: needsFactor,
                    sessions: sessions, sso: try visit.ssoAccount(), present: visit.session.tokenHash,
                    csrfToken: visit.session.formToken,
                    now: visit.now)))
    }

    private static func showPassword(
        _ visit: Visit, currentProblem: String? = nil, newProblem: String? = nil
    ) throws -> Response {
        let account = try visit.portal.database.read { try $0.credentials(of: visit.user.id, now: visit.now) }
        guard account?.mayUsePassword == true, account?.password.isUsable == true else { throw PageError.notFound }
        var frame = visit.frame(
            "Change your password", "All your other sign-ins end.", above: [(title: "Your account", path: "/account")])
        let fields = [
            FormField(
                name: "current", label: "Present password", kind: .password, autocomplete: "current-password",
                problem: currentProblem),
            newPasswordField(problem: newProblem),
        ]
        frame.hasErrors = fields.contains { $0.problem != nil }
        return visit.show(
            frame, status: frame.hasErrors ? .unprocessableContent : .ok,
            form(
                FormPage(
                    action: "/account/password", csrfToken: visit.session.formToken, fields: fields,
                    submit: "Change the password", cancel: (title: "Leave it", path: "/account"))))
    }

    private static func changePassword(_ visit: Visit) async throws -> Response {
        let new = visit.form["password"] ?? ""
        let words = [visit.user.name, visit.user.email, visit.session.broker?.name].compactMap(\.self)
        if let problem = PasswordRules.problem(new, of: words) {
            return try showPassword(visit, newProblem: problem.text)
        }
        let tried = try await visit.portal.tryPassword(
            visit.form["current"] ?? "", of: visit.user.email, visit.request, visit.context)
        if case .wait(let seconds) = tried.verdict {
            return try showPassword(visit, currentProblem: "Too many tries. Wait \(seconds) seconds, then try again.")
        }
        let hash = tried.verdict == .right ? try await visit.portal.hash(new) : nil
        let isDone = try visit.portal.database.write { db in
            var line = visit.auditLine("user.password-change", "user:\(visit.user.id)")
            guard try tried.settle(&db) != nil, let hash else {
                line.outcome = .refused
                try db.audit(line, at: visit.now)
                return false
            }
            try db.set(hash, of: visit.user.id)
            try db.endOtherSessions(of: visit)
            try db.forgetDevices(of: visit.user.id)
            if let device = visit.request.cookie(KnownDevice.cookie) {
                try db.remember(Token(device), of: visit.user.id, now: visit.now)
            }
            try db.audit(line, at: visit.now)
            try db.tell(visit.user, .passwordChanged, visit.portal.vault, at: visit.now)
            return true
        }
        guard isDone else {
            return try showPassword(visit, currentProblem: "The present password is wrong. Type it again.")
        }
        return .seeOther("/account?done=\(Done.passwordChanged.rawValue)")
    }

    /// One of one's own by its id, or all others.
    private static func endSessions(_ visit: Visit) throws -> Response {
        let chosen = visit.form["session"] ?? ""
        let limits = visit.portal.configuration.sessionLimits
        return try visit.portal.database.write { db in
            guard chosen != "others" else {
                let count = try db.endOtherSessions(of: visit)
                try db.audit(
                    visit.auditLine("session.end-others", "user:\(visit.user.id)", ["count": "\(count)"]), at: visit.now
                )
                return .seeOther("/account?done=\(Done.sessionsEnded.rawValue)")
            }
            // One that has ended meanwhile is what was wanted.
            if let session = try db.sessions(of: visit.user.id, limits, now: visit.now).first(where: { $0.id == chosen }
            ) {
                try db.endSessionFamily(session.tokenHash)
                try db.audit(
                    visit.auditLine(
                        "session.end", "user:\(visit.user.id)", ["browser": "\(session.browser)", "host": session.host]),
                    at: visit.now)
            }
            return .seeOther("/account?done=\(Done.sessionEnded.rawValue)")
        }
    }
}

extension DatabaseConnection {
    /// The one that handed this one over ends too: it is a way back in.
    @discardableResult
    fileprivate mutating func endOtherSessions(of visit: Visit) throws -> Int {
        try endSessions(of: visit.user.id, except: visit.session.tokenHash)
    }
}
