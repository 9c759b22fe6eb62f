extension Schema {
    /// What the audit, the outbox and the list of what needs somebody are found by.
    static let events = """
        CREATE TABLE audit_check (
            chain TEXT PRIMARY KEY NOT NULL, checked_at BIGINT NOT NULL, is_whole BOOLEAN NOT NULL, finding TEXT NOT NULL);
        CREATE INDEX audit_object ON audit (broker_id, object, at, id);
        CREATE INDEX audit_unchained ON audit (at) WHERE seq IS NULL;
        CREATE INDEX mail_state ON mail (state, state_since);
        CREATE INDEX job_ended ON job (finished_at);
        CREATE INDEX job_subject ON job (kind, subject, created_at);
        CREATE INDEX job_trouble ON job (broker_id, created_at) WHERE state IN ('failed', 'parked');
        """
}
