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
    }

    enum State: String, Sendable, SQLConvertible {
        case queued, sent, failed, bounced
    }

    /// The row's identity, which its text is sealed for.
    static func sealIdentity(_ id: Key<Mail>) -> String { "mail:\(id)" }
}

extension DatabaseConnection {
    /// Puts a message into the outbox, in the transaction of what it tells of.
    mutating func post(_ mail: Mail, _ vault: Vault, at now: Date) throws {
        let id = Key<Mail>.new()
        try execute(
            """
            INSERT INTO mail (id, broker_id, purpose, recipient, subject, body, state, state_since, created_at)
            VALUES (\(id), \(mail.brokerID), \(mail.purpose), \(mail.recipient), \(mail.subject),
                \(try vault.seal(mail.body, for: Mail.sealIdentity(id))), \(Mail.State.queued), \(now), \(now))
            """)
    }
}
