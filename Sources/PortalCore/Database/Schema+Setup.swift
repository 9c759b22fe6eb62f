extension Schema {
    /// Tenants that are added one by one and made usable, and what people outside are asked on the way.
    static let setup = """
        ALTER TABLE provider_grant ADD COLUMN tenant_id TEXT;
        DROP INDEX provider_grant_current;
        CREATE UNIQUE INDEX provider_grant_current ON provider_grant (connection_id, name)
            WHERE is_current = TRUE AND tenant_id IS NULL;
        CREATE UNIQUE INDEX provider_grant_tenant ON provider_grant (connection_id, tenant_id, name)
            WHERE is_current = TRUE AND tenant_id IS NOT NULL;
        CREATE TABLE intake (
            id TEXT PRIMARY KEY NOT NULL, broker_id TEXT NOT NULL REFERENCES broker (id), plugin_id TEXT NOT NULL,
            form TEXT NOT NULL, finding TEXT, problem TEXT, job_id TEXT, tenant_id TEXT, created_by TEXT NOT NULL,
            created_at BIGINT NOT NULL);
        CREATE INDEX intake_broker ON intake (broker_id, created_at);
        CREATE TABLE tenant_setup (
            tenant_id TEXT NOT NULL, broker_id TEXT NOT NULL, plugin_id TEXT NOT NULL, intake TEXT NOT NULL, claim TEXT UNIQUE,
            state TEXT NOT NULL, state_since BIGINT NOT NULL, step TEXT NOT NULL, work BYTEA NOT NULL,
            work_version BIGINT NOT NULL, run BIGINT NOT NULL, access TEXT NOT NULL, access_since BIGINT NOT NULL,
            access_reason TEXT NOT NULL, notes TEXT NOT NULL, check_at BIGINT, job_id TEXT, started_by TEXT NOT NULL,
            PRIMARY KEY (tenant_id, plugin_id), FOREIGN KEY (tenant_id, broker_id) REFERENCES tenant (id, broker_id));
        CREATE INDEX tenant_setup_broker ON tenant_setup (broker_id, access);
        CREATE INDEX tenant_setup_check ON tenant_setup (check_at);
        CREATE TABLE asked_tenant (
            claim TEXT PRIMARY KEY NOT NULL, broker_id TEXT NOT NULL REFERENCES broker (id), at BIGINT NOT NULL);
        CREATE TABLE setup_step (
            tenant_id TEXT NOT NULL, plugin_id TEXT NOT NULL, step TEXT NOT NULL, state TEXT NOT NULL, since BIGINT NOT NULL,
            sentence TEXT, wait TEXT, next_look_at BIGINT, setback TEXT, event_id TEXT,
            PRIMARY KEY (tenant_id, plugin_id, step),
            FOREIGN KEY (tenant_id, plugin_id) REFERENCES tenant_setup (tenant_id, plugin_id));
        CREATE TABLE setup_event (
            id TEXT PRIMARY KEY NOT NULL, tenant_id TEXT NOT NULL, plugin_id TEXT NOT NULL, step TEXT,
            content BYTEA NOT NULL, at BIGINT NOT NULL,
            FOREIGN KEY (tenant_id, plugin_id) REFERENCES tenant_setup (tenant_id, plugin_id));
        CREATE INDEX setup_event_tenant ON setup_event (tenant_id, plugin_id, at, id);
        CREATE TABLE approval (
            id TEXT PRIMARY KEY NOT NULL, broker_id TEXT NOT NULL, tenant_id TEXT NOT NULL, plugin_id TEXT NOT NULL,
            step TEXT NOT NULL, ask TEXT NOT NULL, state TEXT NOT NULL, state_since BIGINT NOT NULL, language TEXT,
            reason TEXT, setback TEXT, seen_at BIGINT, opened_at BIGINT, answered_at BIGINT, forwards BIGINT NOT NULL DEFAULT 0,
            created_by TEXT NOT NULL, created_at BIGINT NOT NULL,
            FOREIGN KEY (tenant_id, plugin_id) REFERENCES tenant_setup (tenant_id, plugin_id));
        CREATE INDEX approval_broker ON approval (broker_id, created_at, id);
        CREATE UNIQUE INDEX approval_open ON approval (tenant_id, plugin_id, step)
            WHERE state IN ('draft', 'sent', 'opened');
        CREATE TABLE approval_link (
            token_hash BYTEA PRIMARY KEY NOT NULL, approval_id TEXT NOT NULL REFERENCES approval (id),
            created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL);
        CREATE INDEX approval_link_approval ON approval_link (approval_id);
        CREATE TABLE approval_trip (
            id TEXT PRIMARY KEY NOT NULL, approval_id TEXT NOT NULL REFERENCES approval (id), callback_hash BYTEA NOT NULL UNIQUE,
            browser_hash BYTEA NOT NULL, secrets BYTEA, created_at BIGINT NOT NULL, answered_at BIGINT);
        CREATE INDEX approval_trip_approval ON approval_trip (approval_id, created_at);
        CREATE TABLE approval_message (
            id TEXT PRIMARY KEY NOT NULL, approval_id TEXT NOT NULL REFERENCES approval (id), way TEXT NOT NULL,
            language TEXT NOT NULL, recipient TEXT, subject TEXT NOT NULL, body TEXT NOT NULL, mail_id TEXT,
            sent_by TEXT NOT NULL, at BIGINT NOT NULL);
        CREATE INDEX approval_message_approval ON approval_message (approval_id, at);
        CREATE TABLE approval_template (
            broker_id TEXT NOT NULL REFERENCES broker (id), plugin_id TEXT NOT NULL, step TEXT NOT NULL, language TEXT NOT NULL,
            subject TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (broker_id, plugin_id, step, language));
        """
}
