extension Schema {
    /// Single sign-on: what a provider said of itself, who may come from which domain, sign-ins under way.
    static let singleSignOn = """
        ALTER TABLE sso_provider DROP COLUMN domains;
        ALTER TABLE sso_provider ADD COLUMN metadata TEXT;
        ALTER TABLE sso_provider ADD COLUMN checked_at BIGINT;
        ALTER TABLE sso_provider ADD COLUMN problem TEXT;
        CREATE TABLE sso_domain (
            domain TEXT PRIMARY KEY NOT NULL, broker_id TEXT NOT NULL REFERENCES sso_provider (broker_id));
        CREATE INDEX sso_domain_broker ON sso_domain (broker_id);
        CREATE UNIQUE INDEX sso_identity_user ON sso_identity (broker_id, user_id);
        DROP TABLE sso_sign_in;
        CREATE TABLE sso_sign_in (
            start_hash BYTEA PRIMARY KEY NOT NULL, state_hash BYTEA UNIQUE NOT NULL,
            broker_id TEXT NOT NULL REFERENCES broker (id), purpose TEXT NOT NULL, user_id TEXT REFERENCES portal_user (id),
            browser_hash BYTEA, secrets BYTEA NOT NULL, version BIGINT NOT NULL, host TEXT NOT NULL, nonce_hash BYTEA,
            next TEXT NOT NULL, used_at BIGINT, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL);
        CREATE INDEX one_time_link_sign_in ON one_time_link (user_id) WHERE purpose = 'sign-in';
        CREATE INDEX session_break_glass ON session (user_id) WHERE method = 'break-glass';
        """
}
