/// A change of the schema, applied once, in order, each as a whole. Append only.
struct Migration {
    let name: String
    let script: String

    static let all: [Migration] = [
        Migration(name: "2026-11-21 people", script: Schema.people),
        Migration(name: "2026-11-21 providers", script: Schema.providers),
        Migration(name: "2026-11-21 tenants", script: Schema.tenants),
        Migration(name: "2026-11-21 work", script: Schema.work),
        Migration(
            name: "2026-11-21 failing providers",
            script: "ALTER TABLE throttle ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;"),
        Migration(
            name: "2026-11-21 nightly readings",
            script: """
                CREATE TABLE nightly_reading (
                    connection_id TEXT PRIMARY KEY NOT NULL REFERENCES connection (id), due_at BIGINT NOT NULL);
                """),
        Migration(name: "2026-11-21 sign-in", script: Schema.signIn),
        Migration(name: "2026-11-21 administration", script: Schema.administration),
        Migration(name: "2026-11-21 local accounts", script: Schema.localAccounts),
        Migration(
            name: "2026-11-21 erasing brokers", script: "ALTER TABLE broker ADD COLUMN erasing_since BIGINT;"),
        Migration(name: "2026-11-21 single sign-on", script: Schema.singleSignOn),
        Migration(name: "2026-11-21 users", script: Schema.users),
        Migration(
            name: "2026-11-21 versions of plugins",
            script: """
                ALTER TABLE plugin ADD COLUMN settings_version BIGINT NOT NULL DEFAULT 0;
                ALTER TABLE plugin ADD COLUMN switches BIGINT NOT NULL DEFAULT 0;
                """),
        Migration(name: "2026-11-21 events", script: Schema.events),
        Migration(
            name: "2026-11-21 sessions that were handed over",
            script: "ALTER TABLE handover ADD COLUMN session_until BIGINT NOT NULL DEFAULT 0;"),
        Migration(
            name: "2026-11-21 settings that were tested",
            script: "ALTER TABLE plugin_check ADD COLUMN settings_version BIGINT NOT NULL DEFAULT 0;"),
        Migration(name: "2026-11-28 setting tenants up", script: Schema.setup),
    ]
}

extension DatabaseConnection {
    /// Applies what is missing.
    ///
    /// - Throws: ``DatabaseError/unknownMigration(_:)`` when the file names one that this program does not know.
    mutating func migrate() throws {
        try run(script: "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY NOT NULL)")
        let applied = try query("SELECT name FROM migration") { try $0[0] as String }
        if let unknown = applied.first(where: { name in !Migration.all.contains { $0.name == name } }) {
            throw DatabaseError.unknownMigration(unknown)
        }
        for migration in Migration.all where !applied.contains(migration.name) {
            try transaction("BEGIN IMMEDIATE") { db in
                try db.run(script: migration.script)
                try db.execute("INSERT INTO migration (name) VALUES (\(migration.name))")
            }
        }
    }
}
