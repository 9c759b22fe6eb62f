import FastCGI
import Foundation
import HTML
import Hummingbird
import PortalKit

/// The step-up: a person that has been signed in for a while proves anew who it is before something grave.
///
/// The page's form goes to the very form that waits, which ``RouteTable`` then carries out, or to `/confirm` on the way to a
/// page.
enum ConfirmRoutes {
    static let password = "confirm-password"
    static let code = "confirm-code"

    static func add(to routes: inout RouteTable) {
        routes.get("/confirm", .seeHome, needs: [.enrolment], page)
        routes.post("/confirm", .seeHome, needs: [.recentProof, .enrolment]) {
            .seeOther(localPath($0.form["next"] ?? "/"))
        }
    }

    private static func page(_ visit: Visit) throws -> Response {
        let token = Token(visit.query("held"))
        let held = try visit.portal.heldForm(token, for: visit.user.id, browser: nil)
        let next = held?.fields["next"] ?? localPath(visit.query("next"))
        let hasApp = try visit.portal.database.read { try $0.hasSecondFactor(visit.user.id) }
        let wasWrong = visit.query("wrong") == "1"
        let what =
            StepUpWords.title(held?.path ?? next, held?.fields ?? [:])
            ?? (held == nil ? "The page that you asked for" : "What you sent")
        let page = FormPage(
            action: held?.path ?? "/confirm", csrfToken: visit.session.formToken,
            lead: """
                <p>What waits: <strong>\(what)</strong>. Your last sign-in is some minutes ago, so the portal asks once more who \
                you are.\(when(held != nil, " Confirmed, it is carried out; <em>Leave it</em> drops it."))</p>
                """,
            fields: [hasApp ? codeField(wasWrong: wasWrong) : passwordField(wasWrong: wasWrong)],
            submit: "Confirm", cancel: held == nil ? (title: "Leave it", path: "/") : nil,
            hidden: held == nil ? [(name: "next", value: next)] : [(name: "held", value: token.text)])
        var frame = visit.frame("Confirm that it is you")
        frame.hasErrors = page.hasErrors
        return visit.show(
            frame,
            """
            \(form(page))\(when(held != nil, HeldFormRoutes.leaveButton(token, csrf: visit.session.formToken)))\
            \(ssoConfirmation(visit.session, held: held == nil ? nil : token, next: next))
            """)
    }

    private static func passwordField(wasWrong: Bool) -> FormField {
        FormField(
            name: password, label: "Your password", kind: .password, autocomplete: "current-password",
            problem: wasWrong ? "The password is wrong. Try again." : nil)
    }

    private static func codeField(wasWrong: Bool) -> FormField {
        FormField(
            name: code, label: "Code of your authenticator app", hint: "Six digits, or one of your recovery codes.",
            autocomplete: "one-time-code",
            problem: wasWrong ? "The code is wrong or was used before. Wait for the next one." : nil, maxLength: 60,
            isCode: true)
    }
}

extension Portal {
    /// Judges what a person typed on the page of ``ConfirmRoutes``, and notes the proof.
    ///
    /// - Returns: `nil` when nothing was typed.
    /// - Throws: ``PageError/slowDown(seconds:)`` after too many wrong ones.
    func confirms(_ visit: RouteVisit, _ fields: [String: String]) async throws -> Bool? {
        let user = visit.session.user
        if let code = fields[ConfirmRoutes.code] {
            let now = now
            let verdict = try database.write { db in
                let source = try visit.request.trySource(of: user.email, visit.context, &db, now: now)
                let verdict = try db.tryCode(code, of: user, from: source, vault, at: now)
                if verdict == .wrong { try db.note(false, by: visit, now: now) }
                if case .right = verdict { try db.note(true, by: visit, now: now) }
                return verdict
            }
            switch verdict {
            case .wait(let seconds): throw PageError.slowDown(seconds: seconds)
            case .right: return true
            case .wrong: return false
            }
        }
        guard let password = fields[ConfirmRoutes.password] else { return nil }
        let tried = try await tryPassword(password, of: user.email, visit.request, visit.context)
        if case .wait(let seconds) = tried.verdict { throw PageError.slowDown(seconds: seconds) }
        let now = now
        return try database.write { db in
            let isRight = try tried.settle(&db) != nil
            try db.note(isRight, by: visit, now: now)
            return isRight
        }
    }
}

extension DatabaseConnection {
    fileprivate mutating func note(_ isRight: Bool, by visit: RouteVisit, now: Date) throws {
        let session = visit.session
        if isRight { try noteProof(session.tokenHash, now: now) }
        try audit(
            AuditLine(
                brokerID: session.broker?.id, actor: session.user.email, action: "session.confirm",
                object: "user:\(session.user.id)", outcome: isRight ? .done : .refused,
                requestID: visit.context.requestID,
                address: visit.context.variables.remoteAddress), at: now)
    }
}
