import FastCGI
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import PortalKit

/// Signing in and out with a password, and the two addresses that monitors ask.
enum SignInRoutes {
    /// Of a browser that is not signed in: what its sign-in form hangs on.
    static let visitorCookie = "__Host-gatehouse-visitor"

    static func add(to routes: inout RouteTable) {
        routes.publicRoute(.get, "/sign-in", page)
        routes.publicRoute(.post, "/sign-in", signIn)
        routes.post("/sign-out", .seeHome, signOut)
        routes.publicRoute(.get, "/healthz") { _ in .text("ok\n") }
        routes.publicRoute(.get, "/readyz") { visit in
            _ = try visit.portal.database.read { try $0.count("SELECT COUNT(*) FROM migration") }
            return .text("ready\n")
        }
    }

    private static func page(_ visit: PublicVisit) -> Response {
        if visit.context.session != nil { return .seeOther(localPath(visit.query("next"))) }
        let token = visit.context.token ?? Token()
        var response = Response.page(signInPage(visit, token, next: visit.query("next")))
        response.set(cookie: visitorCookie, token.text)
        return response
    }

    private static func signIn(_ visit: PublicVisit) async throws -> Response {
        let portal = visit.portal
        // Longer than any address is.
        let email = String((visit.form["email"] ?? "").trimmingCharacters(in: .whitespaces).lowercased().prefix(254))
        let password = visit.form["password"] ?? ""
        let source = visit.context.variables.remoteAddress
        let next = localPath(visit.form["next"] ?? "/")
        let (account, failures) = try portal.database.read {
            try ($0.credentials(email: email), $0.signInFailures(email: email, from: source))
        }
        if let wait = failures?.wait(now: visit.now) {
            return retry(visit, email, "Too many tries. Wait \(wait) seconds, then try again.")
        }
        let hash = account?.password ?? portal.nobodysPassword
        let matches = try await portal.blocking.run { try hash.matches(password) }
        guard let account, matches, !account.isDisabled else {
            try portal.database.write { db in
                try db.noteSignInFailure(email: email, from: source, at: visit.now)
                try db.audit(
                    visit.auditLine(email, "session.start", outcome: .refused, broker: account?.brokerID), at: visit.now
                )
            }
            return retry(visit, email, "The e-mail address or the password is wrong. Check both and try again.")
        }
        let host = visit.place.baseURL.host
        let token = try portal.database.write { db in
            try db.clearSignInFailures(email: email, from: source)
            try db.audit(
                visit.auditLine(email, "session.start", outcome: .done, broker: account.brokerID), at: visit.now)
            let new = NewSession(
                user: account.userID, host: host, method: .password, provedAt: visit.now, address: source,
                agent: visit.request.headers[.userAgent] ?? "")
            return try db.start(
                new, replacing: visit.context.session, portal.configuration.sessionLimits, now: visit.now)
        }
        var response = Response.seeOther(next)
        response.set(cookie: Session.cookie, token.text)
        response.set(cookie: visitorCookie, "", maxAge: 0)
        return response
    }

    private static func signOut(_ visit: Visit) throws -> Response {
        try visit.portal.database.write { db in
            try db.endSessionFamily(visit.session.tokenHash)
            try db.audit(visit.auditLine("session.end", "user:\(visit.user.id)"), at: visit.now)
        }
        var response = Response.seeOther("/sign-in")
        response.set(cookie: Session.cookie, "", maxAge: 0)
        return response
    }

    /// The same page, the same answer, whatever was wrong.
    private static func retry(_ visit: PublicVisit, _ email: String, _ problem: String) -> Response {
        .page(
            signInPage(
                visit, visit.context.token ?? Token(), next: visit.form["next"] ?? "/", email: email, problem: problem),
            status: .unprocessableContent)
    }
}

private func signInPage(_ visit: PublicVisit, _ token: Token, next: String, email: String = "", problem: String? = nil)
    -> HTML
{
    var broker: String?
    if case .branded(_, let owner) = visit.place { broker = owner.name }
    var chip: String?
    if case .region(let region) = visit.place { chip = region.label }
    return barePage(
        title: "Sign in", brokerName: broker, regionChip: chip, ribbons: visit.portal.ribbons,
        hasErrors: problem != nil,
        form(
            FormPage(
                action: "/sign-in", csrfToken: token.derived("form"),
                fields: [
                    FormField(name: "email", label: "E-mail", value: email, kind: .email, autocomplete: "username"),
                    FormField(name: "password", label: "Password", kind: .password, autocomplete: "current-password"),
                ],
                problem: problem, submit: "Sign in", hidden: [(name: "next", value: localPath(next))])))
}

extension PublicVisit {
    fileprivate func auditLine(_ email: String, _ action: String, outcome: AuditLine.Outcome, broker: Key<Broker>?)
        -> AuditLine
    {
        AuditLine(
            brokerID: broker, actor: email.isEmpty ? "nobody" : String(email.prefix(200)), action: action,
            object: "host:\(place.baseURL.host)", outcome: outcome, requestID: context.requestID,
            address: context.variables.remoteAddress)
    }
}
