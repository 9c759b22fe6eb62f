extension Schema {
    /// Tries of the last hour, whether there is such an account or not; the browsers that people have signed in with; recovery
    /// codes that are still to be shown.
    static let localAccounts = """
        DROP TABLE sign_in_failure;
        CREATE TABLE counted_try (
            kind TEXT NOT NULL, subject BYTEA NOT NULL, source TEXT NOT NULL, tries BIGINT NOT NULL, last_at BIGINT NOT NULL,
            PRIMARY KEY (kind, subject, source));
        CREATE INDEX counted_try_source ON counted_try (kind, source);
        CREATE TABLE known_device (
            token_hash BYTEA NOT NULL, user_id TEXT NOT NULL REFERENCES portal_user (id), seen_at BIGINT NOT NULL,
            PRIMARY KEY (token_hash, user_id));
        CREATE INDEX known_device_user ON known_device (user_id);
        CREATE TABLE fresh_recovery_codes (
            user_id TEXT PRIMARY KEY NOT NULL REFERENCES portal_user (id), codes BYTEA NOT NULL, expires_at BIGINT NOT NULL);
        """
}
