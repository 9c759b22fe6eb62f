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

    static func add(to routes: inout RouteTable) {
        routes.get("/confirm", .seeHome, page)
        routes.post("/confirm", .seeHome, needs: [.recentProof]) { .seeOther(localPath($0.form["next"] ?? "/")) }
    }

    private static func page(_ visit: Visit) throws -> Response {
        let token = Token(visit.query("held"))
        let held = try visit.portal.heldForm(token, for: visit.user.id, browser: nil)
        let next = held?.fields["next"] ?? localPath(visit.query("next"))
        let page = FormPage(
            action: held?.path ?? "/confirm", csrfToken: visit.session.formToken,
            lead: "<p>What comes next is grave, and your last sign-in is some minutes ago.</p>",
            fields: [
                FormField(
                    name: password, label: "Your password", kind: .password, autocomplete: "current-password",
                    problem: visit.query("wrong") == "1" ? "The password is wrong. Try again." : nil)
            ],
            submit: "Confirm", cancel: (title: "Leave it", path: "/"),
            hidden: held == nil ? [(name: "next", value: next)] : [(name: "held", value: token.text)])
        var frame = visit.frame("Confirm that it is you")
        frame.hasErrors = page.hasErrors
        return visit.show(frame, form(page))
    }
}

extension Portal {
    /// Judges what a person typed on the page of ``ConfirmRoutes``, and notes the proof.
    ///
    /// - Returns: `nil` when nothing was typed.
    /// - Throws: ``PageError/slowDown(seconds:)`` after too many wrong ones.
    func confirms(_ session: Session, _ fields: [String: String], from source: String) async throws -> Bool? {
        guard let password = fields[ConfirmRoutes.password] else { return nil }
        let email = session.user.email
        let now = now
        let (account, failures) = try database.read {
            try ($0.credentials(email: email), $0.signInFailures(email: email, from: source))
        }
        if let wait = failures?.wait(now: now) { throw PageError.slowDown(seconds: wait) }
        let hash = account?.password ?? nobodysPassword
        let matches = try await blocking.run { try hash.matches(password) }
        try database.write { db in
            if matches {
                try db.noteProof(session.tokenHash, now: now)
                try db.clearSignInFailures(email: email, from: source)
            } else {
                try db.noteSignInFailure(email: email, from: source, at: now)
            }
            let line = AuditLine(
                brokerID: session.broker?.id, actor: email, action: "session.confirm",
                object: "user:\(session.user.id)",
                outcome: matches ? .done : .refused, address: source)
            try db.audit(line, at: now)
        }
        return matches
    }
}
