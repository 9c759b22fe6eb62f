import Foundation
import PortalKit

/// Something that somebody outside is asked, by links that need no account here.
struct StoredApproval: Sendable {
    let id: Key<StoredApproval>
    let brokerID: Key<Broker>
    let tenantID: Key<StoredTenant>
    let pluginID: Key<PluginManifest>
    /// Of the set-up, at which the answer counts.
    let step: String
    let ask: Ask
    let state: State
    let since: Date
    /// Of the last message.
    let language: Language?
    /// Given with a refusal, or with a withdrawal.
    let reason: String?
    /// Of the last answer that did not count.
    let setback: Setback?
    /// First looked at: perhaps by a mail scanner.
    let seenAt: Date?
    /// First acted upon, by a person.
    let openedAt: Date?
    /// When an answer came that is still being checked.
    let answeredAt: Date?
    let forwards: Int
    let createdBy: String
    let createdAt: Date
    let tenantName: String
    /// Until when the newest link works; `nil` where there is none.
    let linkUntil: Date?

    enum State: String, Sendable, CaseIterable, SQLConvertible {
        case draft, sent, opened, approved, refused, withdrawn

        var isOpen: Bool { self == .draft || self == .sent || self == .opened }
    }

    func isLinkExpired(at now: Date) -> Bool {
        (state == .sent || state == .opened) && (linkUntil ?? .distantPast) <= now
    }

    /// How long a link works.
    static let linkLifetime: TimeInterval = 30 * 86_400

    static let selection: SQL = """
        SELECT approval.id, approval.broker_id, approval.tenant_id, plugin_id, step, ask, state, state_since, language, reason,
               setback, seen_at, opened_at, answered_at, forwards, created_by, created_at, tenant.name,
               (SELECT MAX(expires_at) FROM approval_link WHERE approval_id = approval.id)
        FROM approval JOIN tenant ON tenant.id = approval.tenant_id
        """

    init(row: Row) throws {
        id = try row[0]
        brokerID = try row[1]
        tenantID = try row[2]
        pluginID = try row[3]
        step = try row[4]
        ask = try (row[5] as JSONColumn<Ask>).value
        state = try row[6]
        since = try row[7]
        language = try row[8]
        reason = try row[9]
        setback = try (row[10] as JSONColumn<Setback>?)?.value
        seenAt = try row[11]
        openedAt = try row[12]
        answeredAt = try row[13]
        forwards = try row[14]
        createdBy = try row[15]
        createdAt = try row[16]
        tenantName = try row[17]
        linkUntil = try row[18]
    }

    func line(_ action: String, _ detail: [String: String] = [:], by actor: String = "portal") -> AuditLine {
        AuditLine(
            brokerID: brokerID, actor: actor, action: action, object: "approval:\(id)",
            detail: detail.merging(["tenant": tenantName]) { mine, _ in mine })
    }
}

extension Language: SQLConvertible {}

extension Portal {
    static let approvalPath = "/approval"

    /// The address of a link, in the broker's region.
    func address(ofApproval token: Token, for broker: Broker) -> String {
        "\(addresses.home(of: broker).baseURL)\(Self.approvalPath)/\(token.text)"
    }
}

extension DatabaseConnection {
    mutating func approval(_ id: Key<StoredApproval>, of broker: Key<Broker>) throws -> StoredApproval? {
        try first(
            "\(StoredApproval.selection) WHERE approval.id = \(id) AND approval.broker_id = \(broker)",
            StoredApproval.init(row:))
    }

    /// Newest first.
    mutating func approvals(of tenant: Key<StoredTenant>, _ plugin: Key<PluginManifest>) throws -> [StoredApproval] {
        try query(
            """
            \(StoredApproval.selection) WHERE approval.tenant_id = \(tenant) AND plugin_id = \(plugin)
            ORDER BY created_at DESC, approval.id DESC
            """, StoredApproval.init(row:))
    }

    mutating func approvals(
        of broker: Key<Broker>, _ state: StoredApproval.State?, limit: Int, offset: Int
    ) throws -> [StoredApproval] {
        try query(
            """
            \(StoredApproval.selection) WHERE \(approvalCondition(broker, state))
            ORDER BY created_at DESC, approval.id DESC LIMIT \(limit) OFFSET \(offset)
            """, StoredApproval.init(row:))
    }

    mutating func countApprovals(of broker: Key<Broker>, _ state: StoredApproval.State?) throws -> Int {
        try count(
            "SELECT COUNT(*) FROM approval WHERE \(approvalCondition(broker, state))")
    }

    private func approvalCondition(_ broker: Key<Broker>, _ state: StoredApproval.State?) -> SQL {
        guard let state else { return "approval.broker_id = \(broker)" }
        return "approval.broker_id = \(broker) AND state = \(state)"
    }

    /// The one that a step waits for, if there is one.
    mutating func openApproval(of setup: StoredSetup, step: String) throws -> StoredApproval? {
        try first(
            """
            \(StoredApproval.selection) WHERE approval.tenant_id = \(setup.tenantID) AND plugin_id = \(setup.pluginID)
                AND step = \(step) AND state IN ('draft', 'sent', 'opened')
            """, StoredApproval.init(row:))
    }

    /// The one that a step waits for; made, as a draft, where there is none.
    mutating func openApproval(of setup: StoredSetup, _ step: String, _ ask: Ask, by actor: String, at now: Date) throws
        -> StoredApproval
    {
        if let known = try openApproval(of: setup, step: step) {
            guard known.ask != ask else { return known }
            try execute("UPDATE approval SET ask = \(JSONColumn(ask)) WHERE id = \(known.id)")
        } else {
            try execute(
                """
                INSERT INTO approval (id, broker_id, tenant_id, plugin_id, step, ask, state, state_since, created_by, created_at)
                VALUES (\(newID()), \(setup.brokerID), \(setup.tenantID), \(setup.pluginID), \(step), \(JSONColumn(ask)),
                    \(StoredApproval.State.draft), \(now), \(actor), \(now))
                """)
        }
        guard let approval = try openApproval(of: setup, step: step) else { throw DatabaseError.unreadable(column: 0) }
        return approval
    }

    /// A link of its own; earlier ones go on working until their time is over.
    ///
    /// - Parameter end: 30 days from now where nobody says.
    mutating func makeLink(to approval: StoredApproval, until end: Date? = nil, at now: Date) throws -> Token {
        let token = Token()
        try execute(
            """
            INSERT INTO approval_link (token_hash, approval_id, created_at, expires_at)
            VALUES (\(token.hash), \(approval.id), \(now), \(end ?? now + StoredApproval.linkLifetime))
            """)
        return token
    }

    /// A link was made to be passed on.
    mutating func noteSent(_ approval: StoredApproval, _ language: Language, at now: Date) throws {
        try execute(
            """
            UPDATE approval SET language = \(language),
                state_since = CASE WHEN state = 'draft' THEN \(now) ELSE state_since END,
                state = CASE WHEN state = 'draft' THEN 'sent' ELSE state END
            WHERE id = \(approval.id) AND state IN ('draft', 'sent', 'opened')
            """)
        guard approval.ask.audience == .customer,
            let tenant = try tenant(approval.tenantID, of: .whole(approval.brokerID))
        else { return }
        try execute(
            """
            INSERT INTO asked_tenant (claim, broker_id, at)
            VALUES (\(StoredSetup.claim(tenant.key.namespace, tenant.key.id)), \(approval.brokerID), \(now))
            ON CONFLICT (claim) DO UPDATE SET broker_id = excluded.broker_id, at = excluded.at
            """)
    }

    /// - Returns: false when it is not open any more.
    mutating func move(_ approval: StoredApproval, to state: StoredApproval.State, reason: String?, at now: Date) throws
        -> Bool
    {
        try execute(
            """
            UPDATE approval SET state = \(state), state_since = \(now), reason = \(reason), answered_at = NULL
            WHERE id = \(approval.id) AND state IN ('draft', 'sent', 'opened')
            """) == 1
    }

    /// The answer that the step was done with counts.
    mutating func approve(_ setup: StoredSetup, step: String, at now: Date) throws {
        guard let approval = try openApproval(of: setup, step: step), approval.answeredAt != nil,
            try move(approval, to: .approved, reason: nil, at: now)
        else { return }
        try execute("UPDATE approval SET setback = NULL WHERE id = \(approval.id)")
        try forgetTrips(of: approval.id)
        try audit(approval.line("approval.approve", ["step": step]), at: now)
    }

    /// The answer was looked at and did not count: the approval stays open. One that has come since is still to be looked at.
    mutating func settleAnswer(of approval: StoredApproval, _ setback: Setback, at now: Date) throws {
        try execute(
            """
            UPDATE approval SET setback = \(JSONColumn(setback)), answered_at = CASE WHEN EXISTS (
                SELECT 1 FROM setup_event WHERE setup_event.tenant_id = approval.tenant_id
                    AND setup_event.plugin_id = approval.plugin_id AND setup_event.step = approval.step)
                THEN answered_at ELSE NULL END
            WHERE id = \(approval.id)
            """)
    }

    /// Of a set-up that ends: whoever has a link finds out.
    mutating func withdrawApprovals(of setup: StoredSetup, reason: String, at now: Date) throws {
        for approval in try approvals(of: setup.tenantID, setup.pluginID) where approval.state.isOpen {
            guard try move(approval, to: .withdrawn, reason: reason, at: now) else { continue }
            try forgetTrips(of: approval.id)
            try audit(approval.line("approval.withdraw", ["reason": reason]), at: now)
        }
    }
}
