import Foundation
import PortalKit

/// A message of the portal's own to one person. Its text may hold a one-time link, so it is kept sealed.
struct Mail: Sendable {
    var brokerID: Key<Broker>?
    var purpose: Purpose
    /// One address.
    var recipient: String
    var subject: String
    /// Plain text.
    var body: String

    enum Purpose: String, Sendable, SQLConvertible {
        case invitation
        case passwordReset = "password-reset"
        /// Something has happened to the person's account, or to the broker's settings.
        case notice
        /// To somebody outside, who is asked for something.
        case approval
    }

    enum State: String, Sendable, CaseIterable, SQLConvertible {
        /// On its way to the mail program.
        case queued
        /// The mail program has taken it; in practice mode it is in the practice mailbox.
        case sent
        case failed
        /// It came back.
        case bounced
        /// No mail is set up.
        case notSent = "not-sent"
    }

    /// The row's identity, which its text is sealed for.
    static func sealIdentity(_ id: Key<Mail>) -> String { "mail:\(id)" }
}

extension DatabaseConnection {
    /// Puts a message into the outbox, in the transaction of what it tells of. A durable job sends it.
    @discardableResult
    mutating func post(_ mail: Mail, _ vault: Vault, at now: Date) throws -> Key<Mail> {
        let id = Key<Mail>.new()
        try execute(
            """
            INSERT INTO mail (id, broker_id, purpose, recipient, subject, body, state, state_since, created_at)
            VALUES (\(id), \(mail.brokerID), \(mail.purpose), \(mail.recipient), \(mail.subject),
                \(try vault.seal(mail.body, for: Mail.sealIdentity(id))), \(Mail.State.queued), \(now), \(now))
            """)
        try startSending(id, by: "portal", at: now)
        return id
    }

    mutating func startSending(_ id: Key<Mail>, by actor: String, at now: Date) throws {
        _ = try start(
            NewJob(
                kind: MailJob.self, title: "Send a message", subject: id.rawValue, startedBy: actor),
            at: now)
    }
}
