import Foundation
import HTML

extension Mail.State {
    var title: String {
        switch self {
        case .queued: "On its way"
        case .sent: "Sent"
        case .failed: "Failed"
        case .bounced: "Came back"
        case .notSent: "Not sent"
        }
    }

    fileprivate var tone: Tone {
        switch self {
        case .queued: .wait
        case .sent: .good
        case .failed, .bounced: .bad
        case .notSent: .warn
        }
    }
}

extension Mail.Purpose {
    var title: String {
        switch self {
        case .invitation: "Invitation"
        case .passwordReset: "New password"
        case .notice: "Notice"
        case .approval: "Request for an approval"
        }
    }
}

func outboxPage(_ mails: [StoredMail], now: Date, csrf: String) -> HTML {
    table(
        caption: "Messages",
        columns: [
            Column(title: "To"), Column(title: "Message"), Column(title: "State"), Column(title: "Why"),
            Column(title: "Written"), Column(title: "Action", labelHidden: true),
        ],
        rows: mails.map { mail in
            [
                twoLines(name(mail.recipient), "\(mail.brokerName ?? "the portal")"),
                twoLines(name(mail.subject), "\(mail.purpose.title)"),
                twoLines(stateBadge(mail.state.tone, mail.state.title), timestamp(mail.since, now: now)),
                "\(mail.reason ?? "")", timestamp(mail.createdAt, now: now),
                when(
                    mail.isRetriable, postButton("Retry", action: "/mail/\(mail.id)/tries", csrfToken: csrf)),
            ]
        })
}

/// How mail leaves this portal, above the list of messages.
func mailSetUp(_ portal: Portal) -> HTML {
    if portal.configuration.isPractice {
        return alert(
            .wait, "In practice mode nothing is sent",
            #"<p>The messages, as they would have gone, are in the <a href="/practice/mail">practice mailbox</a>.</p>"#)
    }
    guard let sender = portal.mailSender else {
        return alert(
            .warn, "No mail is set up",
            """
            <p>Nothing is sent, and each link has to be copied and passed on. Set <code>GATEHOUSE_MAIL_FROM</code> to the \
            portal's address, and restart it.</p>
            """)
    }
    return panel(
        "<p>From \(name("\(sender.address)")), by \(code(portal.configuration.sendmail)).</p>")
}
