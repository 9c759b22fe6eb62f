import FastCGI
import Foundation
import HTML
import Hummingbird
import PortalKit

/// The outbox: what the portal has written to whom, and what became of it. Never the texts.
enum MailRoutes {
    private static let length = 100

    static func add(to routes: inout RouteTable) {
        routes.get("/mail", .seeMail, list)
        routes.post("/mail/:mail/tries", .seeMail, retry)
    }

    private static func list(_ visit: Visit) throws -> Response {
        let state = Mail.State(rawValue: visit.query("state"))
        let place = ListPlace(visit.query("before"))
        let (mails, counts) = try visit.portal.database.read { db in
            try (db.mails(state, after: place, limit: length + 1), db.mailCounts())
        }
        let shown = Array(mails.prefix(length))
        let filter = state.map { "&state=\($0.rawValue)" } ?? ""
        let older =
            mails.count > length ? shown.last.map { ListPlace(date: $0.createdAt, id: $0.id.rawValue).text } : nil
        return visit.show(
            visit.frame("Mail", "What the portal has written to people, newest first."),
            """
            \(mailSetUp(visit.portal))
            \(filters(path: "/mail", choices: [stateChoice(state, counts)], clearPath: state == nil ? nil : "/mail"))
            \(shown.isEmpty ? nothing(state) : outboxPage(shown, now: visit.now, csrf: visit.session.formToken))
            \(olderPager(newestPath: place == nil ? nil : "/mail?\(filter.dropFirst())", olderPath: older.map { "/mail?before=\($0)\(filter)" }))
            """)
    }

    private static func retry(_ visit: Visit) throws -> Response {
        let found = try visit.portal.database.read { try $0.mail(visit.parameter("mail")) }
        guard let mail = found else { throw PageError.notFound }
        guard mail.isRetriable else {
            throw PageError.stale("The message is on its way, was sent, or its text is not kept any more.")
        }
        try visit.portal.database.write { db in
            try db.move(
                mail, to: .queued, line: visit.line(about: mail, "mail.retry"), at: visit.now)
            try db.startSending(mail.id, by: visit.user.email, at: visit.now)
        }
        return .seeOther("/mail?done=\(Done.mailQueued.rawValue)")
    }

    private static func stateChoice(_ state: Mail.State?, _ counts: [Mail.State: Int]) -> FilterChoice {
        FilterChoice(
            name: "state", label: "State",
            options: [(value: "", label: "All")]
                + Mail.State.allCases.map { (value: $0.rawValue, label: "\($0.title) (\(grouped(counts[$0] ?? 0)))") },
            value: state?.rawValue ?? "")
    }

    private static func nothing(_ state: Mail.State?) -> HTML {
        emptyState(
            title: state == nil ? "No messages yet" : "No message is in this state",
            text: "Invitations, new passwords and notices appear here, with what became of each.")
    }
}

extension Visit {
    /// In the audit of the broker whose message it is.
    fileprivate func line(about mail: StoredMail, _ action: String) -> AuditLine {
        var line = mail.audit(action, by: user.email)
        line.requestID = context.requestID
        line.address = context.variables.remoteAddress
        return line
    }
}
