import Foundation
import PortalKit

/// A message with a link, as it was sent or copied. The link itself is not kept.
struct ApprovalMessage: Sendable {
    let way: Way
    let language: Language
    let recipient: String?
    let subject: String
    /// With ``AskWords/Message/linkMark`` where the link was.
    let body: String
    let mailState: Mail.State?
    let sentBy: String
    let at: Date

    enum Way: String, Sendable, SQLConvertible {
        /// Taken to be sent by other means.
        case copied
        /// By the portal.
        case mailed
        /// By somebody who has the link, to a colleague.
        case forwarded
    }
}

extension DatabaseConnection {
    mutating func note(
        _ way: ApprovalMessage.Way, _ approval: StoredApproval, _ language: Language, to recipient: String?,
        _ message: AskWords.Message, mail: Key<Mail>?, by actor: String, at now: Date
    ) throws {
        try execute(
            """
            INSERT INTO approval_message (id, approval_id, way, language, recipient, subject, body, mail_id, sent_by, at)
            VALUES (\(newID()), \(approval.id), \(way), \(language), \(recipient), \(message.subject), \(message.body),
                \(mail), \(actor), \(now))
            """)
    }

    /// Newest first.
    mutating func messages(of approval: StoredApproval) throws -> [ApprovalMessage] {
        try query(
            """
            SELECT way, language, approval_message.recipient, approval_message.subject, approval_message.body, mail.state,
                   sent_by, at
            FROM approval_message LEFT JOIN mail ON mail.id = mail_id
            WHERE approval_id = \(approval.id) ORDER BY at DESC, approval_message.id
            """
        ) { row in
            try ApprovalMessage(
                way: row[0], language: row[1], recipient: row[2], subject: row[3], body: row[4], mailState: row[5],
                sentBy: row[6], at: row[7])
        }
    }

    /// The broker's own words, where it has kept some for the language.
    mutating func template(_ approval: StoredApproval, _ language: Language) throws -> AskWords.Message? {
        try first(
            """
            SELECT subject, body FROM approval_template WHERE broker_id = \(approval.brokerID)
                AND plugin_id = \(approval.pluginID) AND step = \(approval.step) AND language = \(language)
            """
        ) { try AskWords.Message(subject: $0[0], body: $0[1]).naming(approval.tenantName) }
    }

    mutating func keep(_ message: AskWords.Message, for approval: StoredApproval, _ language: Language) throws {
        let kept = message.notNaming(approval.tenantName)
        try execute(
            """
            INSERT INTO approval_template (broker_id, plugin_id, step, language, subject, body)
            VALUES (\(approval.brokerID), \(approval.pluginID), \(approval.step), \(language), \(kept.subject),
                \(kept.body))
            ON CONFLICT (broker_id, plugin_id, step, language) DO UPDATE SET subject = excluded.subject,
                body = excluded.body
            """)
    }
}

/// A kept text is for every tenant: none of them is to read another's name.
extension AskWords.Message {
    private static let tenantMark = "{tenant}"

    fileprivate func naming(_ tenant: String) -> Self {
        Self(
            subject: subject.replacing(Self.tenantMark, with: tenant.plainLine),
            body: body.replacing(Self.tenantMark, with: tenant.plainLine))
    }

    fileprivate func notNaming(_ tenant: String) -> Self {
        Self(
            subject: subject.replacing(word: tenant.plainLine, with: Self.tenantMark),
            body: body.replacing(word: tenant.plainLine, with: Self.tenantMark))
    }
}

extension String {
    /// Where the word stands by itself, and is no part of another one.
    fileprivate func replacing(word: String, with other: String) -> String {
        guard !word.isEmpty else { return self }
        var (text, place) = ("", startIndex)
        for found in ranges(of: word) {
            let isPart = [self[..<found.lowerBound].last, self[found.upperBound...].first].contains {
                $0?.isLetter == true || $0?.isNumber == true
            }
            guard !isPart else { continue }
            text += self[place..<found.lowerBound] + other
            place = found.upperBound
        }
        return text + self[place...]
    }
}
