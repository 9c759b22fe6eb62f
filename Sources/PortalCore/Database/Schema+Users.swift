extension Schema {
    /// People as lists find them.
    static let users = """
        ALTER TABLE portal_user ADD COLUMN search TEXT NOT NULL DEFAULT '';
        UPDATE portal_user SET search = LOWER(name || ' ' || email);
        CREATE INDEX portal_user_name ON portal_user (broker_id, name, id);
        CREATE INDEX user_organization_organization ON user_organization (organization_id);
        """
}
