import Foundation
import PortalKit

/// Hands one message of the outbox to the mail program.
///
/// A crash between handing over and recording it sends the message a second time, with the same Message-ID; a third time it
/// is not tried.
struct MailJob: JobKind {
    static let name = "mail.send"
    static let leavesAuditLines = false
    let portal: Portal

    func step(_ job: Job) async throws -> JobStep {
        guard let mail = try portal.database.read({ try $0.mail(Key(job.subject)) }), !mail.body.isEmpty else {
            return JobStep(outcome: .finished("The message is not kept any more."))
        }
        guard mail.state == .queued else { return JobStep(outcome: .finished("It was sent already.")) }
        if portal.configuration.isPractice {
            return finished(mail, .sent, "Shown in the practice mailbox. Nothing was sent.")
        }
        guard let sender = portal.mailSender else {
            return finished(mail, .notSent, "No mail is set up. The link works by copying it.")
        }
        guard let recipient = MailAddress(mail.recipient) else {
            return JobStep(outcome: .failed(Self.noAddress(mail.recipient)))
        }
        // Each lease that neither ended the job nor made it rest after a refusal was cut off, perhaps after the handing over.
        guard job.lease - job.tries <= 2 else { return JobStep(outcome: .failed(Self.cutOff)) }
        let message = MailMessage(
            from: sender, recipient: recipient, subject: mail.subject,
            body: try portal.vault.open(mail.body, for: Mail.sealIdentity(mail.id)),
            messageID: "\(mail.id)@\(portal.host(of: mail))", date: mail.createdAt)
        try await Sendmail(path: portal.configuration.sendmail).take(
            message.text, to: recipient, envelope: sender.envelope(of: mail.id.rawValue))
        return finished(mail, .sent, "The mail program has taken it.")
    }

    func ended(_ job: Job, _ problem: Problem?, _ db: inout DatabaseConnection, at now: Date) throws {
        guard let mail = try db.mail(Key(job.subject)), mail.state == .queued else { return }
        let reason = problem.map { "\($0.title). \($0.explanation)" } ?? "Sending was cancelled."
        try db.move(
            mail, to: .failed, reason: reason, line: mail.audit("mail.fail", by: "portal", ["reason": reason]), at: now)
    }

    private func finished(_ mail: StoredMail, _ state: Mail.State, _ reason: String) -> JobStep {
        let now = portal.now
        let action = state == .sent ? "mail.send" : "mail.keep"
        return JobStep(outcome: .finished(reason)) { db in
            try db.move(
                mail, to: state, reason: reason, line: mail.audit(action, by: "portal", ["result": reason]), at: now)
        }
    }

    private static func noAddress(_ text: String) -> Problem {
        Problem(
            title: "This is not an address that mail can go to", explanation: "\"\(text.plainLine)\" was not tried.",
            nextStep: "Correct the person's address, or pass the link on another way.", actor: .broker)
    }

    private static let cutOff = Problem(
        title: "The portal stopped twice while it handed the message over",
        explanation: "It may have been sent once or twice. It was not tried a third time.",
        nextStep: "Ask the recipient; Retry sends it again.", actor: .portalAdministrator)
}

extension Portal {
    /// `nil` where no mail can be sent.
    var mailSender: MailSender? { configuration.mailFrom.flatMap(MailSender.init) }

    /// Whether a message reaches somebody; in practice mode the practice mailbox.
    var sendsMail: Bool { configuration.isPractice || mailSender != nil }

    fileprivate func host(of mail: StoredMail) -> String {
        let broker = mail.brokerID.flatMap { id in try? database.read { try $0.broker(id) } }
        return (broker.map(addresses.home(of:)) ?? addresses.regions[0]).baseURL.host
    }
}
