extension Schema {
    /// How people sign in: second factors, links that work once, forms that wait for a detour, single sign-on.
    static let signIn = """
        ALTER TABLE portal_user ADD COLUMN is_demo BOOLEAN NOT NULL DEFAULT FALSE;
        UPDATE portal_user SET is_demo = TRUE WHERE id = 'user-' || email;
        ALTER TABLE portal_user ADD COLUMN totp BYTEA;
        ALTER TABLE portal_user ADD COLUMN totp_since BIGINT;
        ALTER TABLE portal_user ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE portal_user ADD COLUMN recovery TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE portal_user ADD COLUMN signed_in_at BIGINT;
        CREATE UNIQUE INDEX portal_user_broker ON portal_user (id, broker_id);
        ALTER TABLE session ADD COLUMN stage TEXT NOT NULL DEFAULT 'open';
        ALTER TABLE session ADD COLUMN method TEXT NOT NULL DEFAULT 'password';
        ALTER TABLE session ADD COLUMN proved_at BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT '';
        ALTER TABLE session ADD COLUMN agent TEXT NOT NULL DEFAULT '';
        ALTER TABLE handover ADD COLUMN method TEXT NOT NULL DEFAULT 'password';
        ALTER TABLE handover ADD COLUMN proved_at BIGINT NOT NULL DEFAULT 0;
        CREATE TABLE one_time_link (
            token_hash BYTEA PRIMARY KEY NOT NULL, purpose TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES portal_user (id),
            created_by TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL);
        CREATE INDEX one_time_link_user ON one_time_link (user_id, purpose);
        CREATE TABLE held_form (
            token_hash BYTEA PRIMARY KEY NOT NULL, user_id TEXT REFERENCES portal_user (id), browser_hash BYTEA,
            path TEXT NOT NULL, fields BYTEA NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL);
        CREATE TABLE sso_provider (
            broker_id TEXT PRIMARY KEY NOT NULL REFERENCES broker (id), issuer TEXT NOT NULL, client_id TEXT NOT NULL,
            secret BYTEA NOT NULL, domains TEXT NOT NULL, is_enabled BOOLEAN NOT NULL, is_required BOOLEAN NOT NULL,
            version BIGINT NOT NULL, changed_at BIGINT NOT NULL, changed_by TEXT NOT NULL);
        CREATE TABLE sso_identity (
            broker_id TEXT NOT NULL REFERENCES broker (id), issuer TEXT NOT NULL, subject TEXT NOT NULL,
            user_id TEXT NOT NULL, linked_at BIGINT NOT NULL, used_at BIGINT NOT NULL, used_version BIGINT NOT NULL,
            PRIMARY KEY (broker_id, issuer, subject), FOREIGN KEY (user_id, broker_id) REFERENCES portal_user (id, broker_id));
        CREATE TABLE sso_sign_in (
            state_hash BYTEA PRIMARY KEY NOT NULL, broker_id TEXT NOT NULL REFERENCES broker (id), browser_hash BYTEA NOT NULL,
            secrets BYTEA NOT NULL, version BIGINT NOT NULL, next TEXT NOT NULL, created_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL);
        CREATE TABLE sso_pause (
            broker_id TEXT PRIMARY KEY NOT NULL REFERENCES broker (id), started_at BIGINT NOT NULL, until BIGINT NOT NULL,
            reason TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES portal_user (id), attempt_id TEXT);
        CREATE TABLE sso_suspension (
            broker_id TEXT PRIMARY KEY NOT NULL REFERENCES broker (id), started_at BIGINT NOT NULL, until BIGINT NOT NULL,
            reason TEXT NOT NULL, started_by TEXT NOT NULL);
        """

    /// What administrators and owners look after: people and groups, settings of plugins, mail, the audit's chain.
    static let administration = """
        ALTER TABLE broker ADD COLUMN disabled_at BIGINT;
        CREATE TABLE user_organization (
            user_id TEXT NOT NULL, broker_id TEXT NOT NULL, organization_id TEXT NOT NULL, PRIMARY KEY (user_id, organization_id),
            FOREIGN KEY (user_id, broker_id) REFERENCES portal_user (id, broker_id),
            FOREIGN KEY (organization_id, broker_id) REFERENCES organization (id, broker_id));
        CREATE TABLE user_group (
            id TEXT PRIMARY KEY NOT NULL, broker_id TEXT NOT NULL REFERENCES broker (id), name TEXT NOT NULL, role TEXT NOT NULL,
            created_at BIGINT NOT NULL, UNIQUE (broker_id, name), UNIQUE (id, broker_id));
        CREATE TABLE user_group_member (
            group_id TEXT NOT NULL, user_id TEXT NOT NULL, broker_id TEXT NOT NULL, PRIMARY KEY (user_id, group_id),
            FOREIGN KEY (group_id, broker_id) REFERENCES user_group (id, broker_id),
            FOREIGN KEY (user_id, broker_id) REFERENCES portal_user (id, broker_id));
        CREATE TABLE plugin_setting (
            plugin_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT, secret BYTEA, changed_at BIGINT NOT NULL,
            changed_by TEXT NOT NULL, PRIMARY KEY (plugin_id, name));
        CREATE TABLE plugin_check (
            plugin_id TEXT PRIMARY KEY NOT NULL, checked_at BIGINT NOT NULL, verdict TEXT NOT NULL);
        CREATE TABLE plugin_fault (
            plugin_id TEXT PRIMARY KEY NOT NULL, at BIGINT NOT NULL, reason TEXT NOT NULL, request_id TEXT);
        CREATE TABLE mail (
            id TEXT PRIMARY KEY NOT NULL, broker_id TEXT REFERENCES broker (id), purpose TEXT NOT NULL, recipient TEXT NOT NULL,
            subject TEXT NOT NULL, body BYTEA NOT NULL, state TEXT NOT NULL, state_since BIGINT NOT NULL, reason TEXT,
            created_at BIGINT NOT NULL);
        CREATE INDEX mail_list ON mail (created_at, id);
        CREATE TABLE attention_snooze (
            scope TEXT NOT NULL, item TEXT NOT NULL, until BIGINT NOT NULL, reason TEXT NOT NULL, snoozed_at BIGINT NOT NULL,
            snoozed_by TEXT NOT NULL, PRIMARY KEY (scope, item));
        ALTER TABLE audit ADD COLUMN value_before TEXT;
        ALTER TABLE audit ADD COLUMN value_after TEXT;
        ALTER TABLE audit ADD COLUMN seq BIGINT;
        ALTER TABLE audit ADD COLUMN hash BYTEA;
        CREATE TABLE audit_chain (
            chain TEXT PRIMARY KEY NOT NULL, seq BIGINT NOT NULL, hash BYTEA NOT NULL, pruned_seq BIGINT NOT NULL DEFAULT 0,
            pruned_hash BYTEA);
        CREATE UNIQUE INDEX audit_seq ON audit (COALESCE(broker_id, 'portal'), seq) WHERE seq IS NOT NULL;
        """
}
