import PortalKit

/// The rows of one table that belong to a broker.
struct BrokerTable: Sendable {
    let name: SQL
    /// The columns of its primary key.
    let key: SQL
    let condition: SQL
    /// What a person calls the rows; `nil` for what only machines know.
    let words: (one: String, many: String)?

    init(_ name: SQL, key: SQL, _ condition: SQL, _ words: (one: String, many: String)? = nil) {
        self.name = name
        self.key = key
        self.condition = condition
        self.words = words
    }

    /// Everything of a broker but the broker itself, in an order in which it can be deleted. A test holds this against
    /// the schema.
    static func all(of broker: Key<Broker>) -> [BrokerTable] {
        let own: SQL = "broker_id = \(broker)"
        let people: SQL = "user_id IN (SELECT id FROM portal_user WHERE broker_id = \(broker))"
        let connections: SQL = "connection_id IN (SELECT id FROM connection WHERE broker_id = \(broker))"
        let tenants: SQL = "tenant_id IN (SELECT id FROM tenant WHERE broker_id = \(broker))"
        let approvals: SQL = "approval_id IN (SELECT id FROM approval WHERE broker_id = \(broker))"
        let jobs: SQL = "job_id IN (SELECT id FROM job WHERE broker_id = \(broker))"
        return [
            BrokerTable("provider_grant", key: "id", own, ("sign-in credential", "sign-in credentials")),
            BrokerTable("approval_message", key: "id", approvals),
            BrokerTable("approval_trip", key: "id", approvals),
            BrokerTable("approval_link", key: "token_hash", approvals),
            BrokerTable("approval", key: "id", own, ("approval", "approvals")),
            BrokerTable("approval_template", key: "broker_id, plugin_id, step, language", own),
            BrokerTable("setup_event", key: "id", tenants),
            BrokerTable("setup_step", key: "tenant_id, plugin_id, step", tenants),
            BrokerTable("tenant_setup", key: "tenant_id, plugin_id", own, ("set-up of a tenant", "set-ups of tenants")),
            BrokerTable("intake", key: "id", own),
            BrokerTable("asked_tenant", key: "claim", own),
            BrokerTable("sso_pause", key: "broker_id", own),
            BrokerTable("sso_suspension", key: "broker_id", own),
            BrokerTable("sso_identity", key: "broker_id, issuer, subject", own),
            BrokerTable("sso_sign_in", key: "state_hash", own),
            BrokerTable("sso_domain", key: "domain", own),
            BrokerTable("sso_provider", key: "broker_id", own, ("single sign-on set-up", "single sign-on set-ups")),
            BrokerTable("known_device", key: "token_hash, user_id", people),
            BrokerTable("fresh_recovery_codes", key: "user_id", people),
            BrokerTable("held_form", key: "token_hash", people),
            BrokerTable("one_time_link", key: "token_hash", people),
            BrokerTable("handover", key: "token_hash", people),
            BrokerTable("session", key: "token_hash", people),
            BrokerTable("user_group_member", key: "user_id, group_id", own),
            BrokerTable("user_organization", key: "user_id, organization_id", own),
            BrokerTable("user_group", key: "id", own, ("group", "groups")),
            BrokerTable("throttle", key: "connection_id, realm, resource", connections),
            BrokerTable("nightly_reading", key: "connection_id", connections),
            BrokerTable("sign_in_attempt", key: "id", own),
            BrokerTable("connection", key: "id", own, ("connection", "connections")),
            BrokerTable("service", key: "broker_id, plugin_id", own, ("service", "services")),
            BrokerTable("tenant_source", key: "tenant_id, plugin_id", tenants),
            BrokerTable("tenant_link", key: "tenant_id", own, ("link", "links")),
            BrokerTable("tenant", key: "id", own, ("tenant", "tenants")),
            BrokerTable("job_item", key: "job_id, position", jobs),
            BrokerTable("job", key: "id", own, ("job", "jobs")),
            BrokerTable("mail", key: "id", own, ("message", "messages")),
            BrokerTable("attention_snooze", key: "scope, item", "scope = \(broker)"),
            BrokerTable("portal_user", key: "id", own, ("person", "people")),
            BrokerTable("organization", key: "id", own, ("organization", "organizations")),
            BrokerTable("branded_host", key: "host", own, ("branded address", "branded addresses")),
            BrokerTable("audit", key: "id", own, ("line of its audit", "lines of its audit")),
            BrokerTable("audit_check", key: "chain", "chain = \(broker)"),
            BrokerTable("audit_chain", key: "chain", "chain = \(broker)"),
        ]
    }
}

extension DatabaseConnection {
    mutating func count(_ table: BrokerTable) throws -> Int {
        try count("SELECT COUNT(*) FROM \(table.name) WHERE \(table.condition)")
    }

    /// - Returns: how many went.
    mutating func delete(_ table: BrokerTable, limit: Int) throws -> Int {
        try execute(
            """
            DELETE FROM \(table.name) WHERE (\(table.key)) IN
                (SELECT \(table.key) FROM \(table.name) WHERE \(table.condition) LIMIT \(limit))
            """)
    }
}
