/// The tables, by subject. Each uniqueness rule of the domain is a constraint here too; composite references keep one
/// broker's rows from naming another's.
enum Schema {
    static let people = """
        CREATE TABLE installation (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL);
        CREATE TABLE broker (
            id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, region TEXT NOT NULL, created_at BIGINT NOT NULL);
        CREATE TABLE branded_host (
            host TEXT PRIMARY KEY NOT NULL, broker_id TEXT NOT NULL REFERENCES broker (id));
        CREATE TABLE organization (
            id TEXT PRIMARY KEY NOT NULL, broker_id TEXT NOT NULL REFERENCES broker (id), name TEXT NOT NULL, domain TEXT,
            search TEXT NOT NULL, created_at BIGINT NOT NULL,
            UNIQUE (broker_id, domain), UNIQUE (id, broker_id));
        CREATE INDEX organization_name ON organization (broker_id, name, id);
        CREATE TABLE portal_user (
            id TEXT PRIMARY KEY NOT NULL, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, password TEXT NOT NULL,
            role TEXT NOT NULL, broker_id TEXT REFERENCES broker (id), organization_id TEXT, disabled_at BIGINT,
            created_at BIGINT NOT NULL,
            FOREIGN KEY (organization_id, broker_id) REFERENCES organization (id, broker_id));
        CREATE TABLE sign_in_failure (
            email TEXT NOT NULL, address TEXT NOT NULL, failures BIGINT NOT NULL, failed_at BIGINT NOT NULL,
            PRIMARY KEY (email, address));
        CREATE TABLE session (
            token_hash BYTEA PRIMARY KEY NOT NULL, user_id TEXT NOT NULL REFERENCES portal_user (id), host TEXT NOT NULL,
            came_from TEXT, parent_hash BYTEA, created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL);
        CREATE INDEX session_user_id ON session (user_id);
        CREATE TABLE handover (
            token_hash BYTEA PRIMARY KEY NOT NULL, nonce_hash BYTEA NOT NULL, user_id TEXT NOT NULL REFERENCES portal_user (id),
            from_host TEXT NOT NULL, session_hash BYTEA NOT NULL, to_host TEXT NOT NULL, path TEXT NOT NULL,
            expires_at BIGINT NOT NULL);
        CREATE TABLE audit (
            id TEXT PRIMARY KEY NOT NULL, broker_id TEXT REFERENCES broker (id), at BIGINT NOT NULL, actor TEXT NOT NULL,
            action TEXT NOT NULL, object TEXT NOT NULL, detail TEXT NOT NULL, outcome TEXT NOT NULL,
            request_id TEXT, address TEXT);
        CREATE INDEX audit_broker ON audit (broker_id, at, id);
        CREATE INDEX audit_time ON audit (at, id);
        """

    static let providers = """
        CREATE TABLE plugin (
            id TEXT PRIMARY KEY NOT NULL, enabled BOOLEAN NOT NULL, changed_at BIGINT NOT NULL, changed_by TEXT NOT NULL);
        CREATE TABLE service (
            broker_id TEXT NOT NULL REFERENCES broker (id), plugin_id TEXT NOT NULL, added_at BIGINT NOT NULL,
            added_by TEXT NOT NULL, PRIMARY KEY (broker_id, plugin_id));
        CREATE TABLE connection (
            id TEXT PRIMARY KEY NOT NULL, broker_id TEXT NOT NULL REFERENCES broker (id), plugin_id TEXT NOT NULL,
            state TEXT NOT NULL, state_since BIGINT NOT NULL, cause TEXT, form TEXT NOT NULL, verdict TEXT,
            UNIQUE (broker_id, plugin_id), UNIQUE (id, broker_id));
        CREATE TABLE sign_in_attempt (
            id TEXT PRIMARY KEY NOT NULL, connection_id TEXT NOT NULL, broker_id TEXT NOT NULL, plugin_id TEXT NOT NULL,
            user_id TEXT NOT NULL REFERENCES portal_user (id), session_hash BYTEA NOT NULL,
            form TEXT NOT NULL, state TEXT NOT NULL, state_since BIGINT NOT NULL, callback_hash BYTEA, secrets BYTEA,
            answer BYTEA, verdict TEXT NOT NULL, problem TEXT, job_id TEXT, created_at BIGINT NOT NULL,
            UNIQUE (callback_hash), FOREIGN KEY (connection_id, broker_id) REFERENCES connection (id, broker_id));
        CREATE TABLE provider_grant (
            id TEXT PRIMARY KEY NOT NULL, connection_id TEXT NOT NULL, broker_id TEXT NOT NULL, attempt_id TEXT, name TEXT NOT NULL,
            realm TEXT NOT NULL, account_id TEXT NOT NULL, account_name TEXT NOT NULL, credential BYTEA NOT NULL,
            is_current BOOLEAN NOT NULL, created_at BIGINT NOT NULL, renewed_at BIGINT NOT NULL,
            FOREIGN KEY (connection_id, broker_id) REFERENCES connection (id, broker_id));
        CREATE UNIQUE INDEX provider_grant_current ON provider_grant (connection_id, name) WHERE is_current = TRUE;
        CREATE TABLE throttle (
            connection_id TEXT NOT NULL, realm TEXT NOT NULL, resource TEXT NOT NULL, until BIGINT NOT NULL,
            PRIMARY KEY (connection_id, realm, resource));
        """

    static let tenants = """
        CREATE TABLE tenant (
            id TEXT PRIMARY KEY NOT NULL, broker_id TEXT NOT NULL REFERENCES broker (id), namespace TEXT NOT NULL,
            external_id TEXT NOT NULL, name TEXT NOT NULL, domains TEXT NOT NULL, search TEXT NOT NULL, details_at BIGINT,
            first_seen_at BIGINT NOT NULL, excluded_at BIGINT, excluded_reason TEXT,
            UNIQUE (broker_id, namespace, external_id), UNIQUE (id, broker_id));
        CREATE INDEX tenant_name ON tenant (broker_id, name, id);
        CREATE TABLE tenant_source (
            tenant_id TEXT NOT NULL REFERENCES tenant (id), plugin_id TEXT NOT NULL, presence TEXT NOT NULL,
            since BIGINT NOT NULL, reason TEXT, seen_at BIGINT NOT NULL, PRIMARY KEY (tenant_id, plugin_id));
        CREATE TABLE tenant_link (
            tenant_id TEXT PRIMARY KEY NOT NULL, broker_id TEXT NOT NULL, organization_id TEXT NOT NULL, reason TEXT NOT NULL,
            job_id TEXT, linked_at BIGINT NOT NULL, linked_by TEXT NOT NULL,
            FOREIGN KEY (tenant_id, broker_id) REFERENCES tenant (id, broker_id),
            FOREIGN KEY (organization_id, broker_id) REFERENCES organization (id, broker_id));
        CREATE INDEX tenant_link_organization ON tenant_link (organization_id);
        """

    static let work = """
        CREATE TABLE job (
            id TEXT PRIMARY KEY NOT NULL, broker_id TEXT REFERENCES broker (id), plugin_id TEXT, kind TEXT NOT NULL,
            title TEXT NOT NULL, subject TEXT NOT NULL, version BIGINT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL,
            reason TEXT, parked_for TEXT, problem TEXT, lease BIGINT NOT NULL DEFAULT 0, attempts BIGINT NOT NULL DEFAULT 0,
            tries BIGINT NOT NULL DEFAULT 0, wake_at BIGINT NOT NULL, done BIGINT NOT NULL DEFAULT 0, total BIGINT,
            item TEXT, cancel_requested BOOLEAN NOT NULL DEFAULT FALSE, started_by TEXT NOT NULL, created_at BIGINT NOT NULL,
            started_at BIGINT, finished_at BIGINT);
        CREATE INDEX job_due ON job (state, wake_at, id);
        CREATE INDEX job_list ON job (broker_id, created_at, id);
        CREATE UNIQUE INDEX job_one ON job (kind, subject) WHERE finished_at IS NULL;
        CREATE TABLE job_item (
            job_id TEXT NOT NULL REFERENCES job (id), position BIGINT NOT NULL, subject TEXT NOT NULL, plan TEXT NOT NULL,
            state TEXT NOT NULL, result TEXT, PRIMARY KEY (job_id, position), UNIQUE (job_id, subject));
        """
}
