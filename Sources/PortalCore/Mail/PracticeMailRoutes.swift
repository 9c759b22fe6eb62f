import Foundation
import HTML
import Hummingbird
import PortalKit

/// The mailbox of practice mode: the messages as they would have gone, for everybody on this machine. There is no such page
/// outside practice mode.
enum PracticeMailRoutes {
    private static let path = "/practice/mail"
    private static let length = 100

    static func add(to routes: inout RouteTable) {
        routes.publicRoute(.get, "/practice/mail", list)
        routes.publicRoute(.get, "/practice/mail/:mail", message)
    }

    private static func list(_ visit: PublicVisit) throws -> Response {
        guard visit.portal.configuration.isPractice else { throw PageError.notFound }
        let place = ListPlace(visit.query("before"))
        let mails = try visit.portal.database.read { try $0.mails(.sent, after: place, limit: length + 1) }
        let shown = Array(mails.prefix(length))
        let older =
            mails.count > length ? shown.last.map { ListPlace(date: $0.createdAt, id: $0.id.rawValue).text } : nil
        return page(
            visit, "Practice mailbox",
            shown.isEmpty
                ? emptyState(
                    title: "No messages yet",
                    text: "Invite somebody, ask for a new password, or let a sign-in break: the message appears here.")
                : """
                <p>What the portal would have sent, newest first. Nothing leaves this machine.</p>
                \(messages(shown, now: visit.now))
                \(olderPager(newestPath: place == nil ? nil : path, olderPath: older.map { "\(path)?before=\($0)" }))
                """)
    }

    private static func message(_ visit: PublicVisit) throws -> Response {
        let id: Key<Mail> = Key(visit.context.parameters.get("mail") ?? "")
        guard visit.portal.configuration.isPractice,
            let mail = try visit.portal.database.read({ try $0.mail(id) }), mail.state == .sent, !mail.body.isEmpty
        else { throw PageError.notFound }
        let text = try visit.portal.vault.open(mail.body, for: Mail.sealIdentity(mail.id))
        return page(
            visit, mail.subject.plainLine,
            """
            \(definitionList([
                ("To", name(mail.recipient)), ("From", name(visit.portal.configuration.mailFrom ?? "the portal")),
                ("Written", timestamp(mail.createdAt, now: visit.now)),
            ]))
            \(plainText(text))
            <p><a href="\(url: path)">All messages</a></p>
            """)
    }

    private static func page(_ visit: PublicVisit, _ title: String, _ content: HTML) -> Response {
        .page(barePage(title: title, layout: .letter, ribbons: visit.portal.ribbons, content))
    }

    private static func messages(_ mails: [StoredMail], now: Date) -> HTML {
        table(
            caption: "Messages", columns: [Column(title: "Message"), Column(title: "To"), Column(title: "Written")],
            rows: mails.map { mail in
                [
                    mail.body.isEmpty
                        ? name(mail.subject) : nameLink(mail.subject, path: "\(path)/\(mail.id)"),
                    name(mail.recipient), timestamp(mail.createdAt, now: now),
                ]
            })
    }
}

/// A message's text as paragraphs, its addresses as links, as mail programs show it.
private func plainText(_ text: String) -> HTML {
    each(text.replacing("\r\n", with: "\n").split(separator: "\n\n")) { paragraph in
        let lines = paragraph.split(separator: "\n")
        return """
            <p>\(each(lines.enumerated()) { place, line in "\(when(place > 0, "<br>"))\(linked(line))" })</p>

            """
    }
}

private func linked(_ line: Substring) -> HTML {
    each(line.split(separator: " ", omittingEmptySubsequences: false).enumerated()) { place, word in
        let isLink = word.hasPrefix("http://") || word.hasPrefix("https://")
        let shown: HTML = isLink ? #"<a href="\#(url: String(word))">\#(String(word))</a>"# : "\(String(word))"
        return "\(when(place > 0, " "))\(shown)"
    }
}
