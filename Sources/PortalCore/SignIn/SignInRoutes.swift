import FastCGI
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import PortalKit

/// Signing in and out, and the two addresses that monitors ask.
enum SignInRoutes {
    /// Of a browser that is not signed in: what its sign-in form hangs on.
    static let visitorCookie = "__Host-gatehouse-visitor"

    static func add(to routes: inout RouteTable) {
        routes.publicRoute(.get, "/sign-in", page)
        routes.publicRoute(.post, "/sign-in", stale: again, signIn)
        routes.publicRoute(.get, "/sign-in/code", codePage)
        routes.publicRoute(.post, "/sign-in/code", enterCode)
        routes.post("/sign-out", .seeHome, needs: [.anyStage], signOut)
        routes.publicRoute(.get, "/healthz") { visit in
            visit.portal.probes.note(visit)
            return .text("ok\n")
        }
        routes.publicRoute(.get, "/readyz") { visit in
            _ = try visit.portal.database.read { try $0.count("SELECT COUNT(*) FROM migration") }
            return .text("ready\n")
        }
    }

    private static func page(_ visit: PublicVisit) throws -> Response {
        if visit.context.session != nil { return .seeOther(localPath(visit.query("next"))) }
        let sso = try visit.ssoChoice()
        return visit.show {
            signInPage(
                visit, $0, sso, next: visit.query("next"),
                notice: visit.query("done") == Done.passwordSet.rawValue ? .passwordSet : nil)
        }
    }

    private static func signIn(_ visit: PublicVisit) async throws -> Response {
        let email = typedAddress(visit.form["email"])
        let tried = try await visit.portal.tryPassword(
            visit.form["password"] ?? "", of: email, visit.request, visit.context)
        if case .wait(let seconds) = tried.verdict {
            return try retry(visit, email, "Too many tries. Wait \(seconds) seconds, then try again.")
        }
        let admitted = try visit.portal.database.write { db -> (Admission, Token)? in
            guard let account = try tried.settle(&db) else {
                try db.audit(
                    visit.auditLine(email, "session.start", outcome: .refused, broker: tried.account?.user.brokerID),
                    at: visit.now)
                return nil
            }
            let admitted = try visit.admit(account.user, .password, &db)
            try db.audit(
                visit.auditLine(email, "session.start", outcome: .done, broker: account.user.brokerID)
                    .with("stage", admitted.0.stage.rawValue), at: visit.now)
            return admitted
        }
        guard let (admission, token) = admitted else {
            return try retry(visit, email, "The e-mail address or the password is wrong. Check both and try again.")
        }
        let next = localPath(visit.form["next"] ?? "/")
        var response = Response.seeOther(
            admission.stage == .secondFactor ? "\(admission.stage.path)?next=\(next.queryEncoded)" : next)
        admission.set(token, on: &response)
        return response
    }

    private static func codePage(_ visit: PublicVisit) -> Response {
        guard let session = visit.context.session, session.stage == .secondFactor else { return .seeOther("/") }
        return .page(
            secondStepPage(
                visit, session.formToken, isRecovery: visit.query("with") == "recovery", next: visit.query("next")))
    }

    private static func enterCode(_ visit: PublicVisit) throws -> Response {
        guard let session = visit.context.session, session.stage == .secondFactor else { return .seeOther("/sign-in") }
        let isRecovery = visit.form["recovery"] != nil
        let typed = visit.form["recovery"] ?? visit.form["code"] ?? ""
        let (verdict, admitted) = try visit.portal.database.write {
            db -> (DatabaseConnection.CodeVerdict, (Admission, Token)?) in
            let source = try visit.request.trySource(of: session.user.email, visit.context, &db, now: visit.now)
            let verdict = try db.tryCode(typed, of: session.user, from: source, visit.portal.vault, at: visit.now)
            var line = visit.auditLine(
                session.user.email, "session.second-factor", outcome: .refused, broker: session.user.brokerID)
            guard case .right(let proof) = verdict else {
                if verdict == .wrong { try db.audit(line, at: visit.now) }
                return (verdict, nil)
            }
            line.outcome = .done
            try db.audit(line.with("by", proof.rawValue), at: visit.now)
            return (verdict, try visit.admit(session.user, session.method, hasProvedSecond: true, &db))
        }
        if let (admission, token) = admitted {
            var response = Response.seeOther(localPath(visit.form["next"] ?? "/"))
            admission.set(token, on: &response)
            return response
        }
        let problem =
            if case .wait(let seconds) = verdict {
                "Too many tries. Wait \(seconds) seconds, then try again."
            } else if isRecovery {
                "This is none of your recovery codes, or it was used before. Check it, or take another one."
            } else {
                "The code is wrong or was used before. Wait for the next one, and check that the clock of your phone is right."
            }
        return .page(
            secondStepPage(
                visit, session.formToken, isRecovery: isRecovery, next: visit.form["next"] ?? "/", problem: problem),
            status: .unprocessableContent)
    }

    private static func signOut(_ visit: Visit) throws -> Response {
        try visit.portal.database.write { db in
            try db.endSessionFamily(visit.session.tokenHash)
            try db.audit(visit.auditLine("session.end", "user:\(visit.user.id)"), at: visit.now)
        }
        var response = Response.seeOther(visit.session.pathAfterSignOut)
        response.set(cookie: Session.cookie, "", maxAge: 0)
        // What is typed in another tab is kept for this browser.
        response.set(cookie: HeldForm.cookie, Token().text, maxAge: Int(HeldForm.lifetime))
        return response
    }

    /// The page was open for so long that the browser has forgotten its cookie, or the cookie was deleted.
    private static func again(_ visit: PublicVisit) throws -> Response {
        try retry(visit, typedAddress(visit.form["email"]), PublicVisit.staleForm, status: .forbidden)
    }

    /// The same page, the same answer, whatever was wrong.
    private static func retry(
        _ visit: PublicVisit, _ email: String, _ problem: String,
        status: HTTPResponse.Status = .unprocessableContent
    ) throws -> Response {
        let sso = try visit.ssoChoice()
        return visit.show(status: status) {
            signInPage(visit, $0, sso, next: visit.form["next"] ?? "/", email: email, problem: problem)
        }
    }
}

/// An e-mail address as accounts have it. Longer than any is, it is cut.
func typedAddress(_ text: String?) -> String {
    String((text ?? "").trimmingCharacters(in: .whitespacesAndNewlines).lowercased().prefix(254))
}

extension PublicVisit {
    static let staleForm =
        "This page was open for too long, or your browser keeps no cookies of it. Nothing was sent on: send it once more."

    /// A page with a form for whoever is not signed in: the form hangs on a cookie of the visitor's.
    func show(status: HTTPResponse.Status = .ok, _ page: (Token) -> HTML) -> Response {
        let token = context.token ?? Token()
        var response = Response.page(page(token), status: status)
        if context.session == nil { response.set(cookie: SignInRoutes.visitorCookie, token.text) }
        return response
    }

    /// By whoever says to have this address. What is none is not written down: people type passwords here too.
    func auditLine(_ email: String, _ action: String, outcome: AuditLine.Outcome, broker: Key<Broker>?) -> AuditLine {
        AuditLine(
            brokerID: broker, actor: email.contains("@") ? String(email.prefix(200)) : "nobody", action: action,
            object: "host:\(place.baseURL.host)", outcome: outcome, requestID: context.requestID, address: address)
    }
}

extension AuditLine {
    func with(_ name: String, _ value: String) -> AuditLine {
        var line = self
        line.detail[name] = value
        return line
    }
}
