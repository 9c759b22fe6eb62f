import Foundation
import PortalKit

/// A message's row.
struct StoredMail: Sendable {
    let id: Key<Mail>
    let brokerID: Key<Broker>?
    let purpose: Mail.Purpose
    let recipient: String
    let subject: String
    /// Sealed; empty once the text has been deleted.
    let body: [UInt8]
    let state: Mail.State
    let since: Date
    let reason: String?
    let createdAt: Date
    let brokerName: String?

    static let selection: SQL = """
        SELECT mail.id, mail.broker_id, purpose, recipient, subject, body, state, state_since, reason, mail.created_at,
               broker.name FROM mail LEFT JOIN broker ON broker.id = mail.broker_id
        """

    init(row: Row) throws {
        id = try row[0]
        brokerID = try row[1]
        purpose = try row[2]
        recipient = try row[3]
        subject = try row[4]
        body = try row[5]
        state = try row[6]
        since = try row[7]
        reason = try row[8]
        createdAt = try row[9]
        brokerName = try row[10]
    }

    /// Whether handing it over once more makes sense.
    var isRetriable: Bool { !body.isEmpty && state != .queued && state != .sent }

    func audit(_ action: String, by actor: String, _ detail: [String: String] = [:]) -> AuditLine {
        AuditLine(
            brokerID: brokerID, actor: actor, action: action, object: "mail:\(id)",
            detail: detail.merging(["to": recipient, "subject": subject]) { mine, _ in mine })
    }
}

extension DatabaseConnection {
    mutating func mail(_ id: Key<Mail>) throws -> StoredMail? {
        try first("\(StoredMail.selection) WHERE mail.id = \(id)", StoredMail.init(row:))
    }

    /// Newest first, of one state or of all, from a place in the list on.
    mutating func mails(_ state: Mail.State?, after place: ListPlace?, limit: Int) throws -> [StoredMail] {
        let filter: SQL = if let state { "AND state = \(state)" } else { "" }
        let from: SQL = if let place { "AND (mail.created_at, mail.id) < (\(place.date), \(place.id))" } else { "" }
        return try query(
            """
            \(StoredMail.selection) WHERE 1 = 1 \(filter) \(from)
            ORDER BY mail.created_at DESC, mail.id DESC LIMIT \(limit)
            """, StoredMail.init(row:))
    }

    mutating func mailCounts() throws -> [Mail.State: Int] {
        let rows = try query("SELECT state, COUNT(*) FROM mail GROUP BY state") {
            try ($0[0] as Mail.State, $0[1] as Int)
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Takes a message to a state that it is not in yet, with the line that says so.
    mutating func move(_ mail: StoredMail, to state: Mail.State, reason: String? = nil, line: AuditLine, at now: Date)
        throws
    {
        let changed = try execute(
            """
            UPDATE mail SET state = \(state), state_since = \(now), reason = \(reason)
            WHERE id = \(mail.id) AND state <> \(state)
            """)
        if changed == 1 { try audit(line, at: now) }
    }
}
