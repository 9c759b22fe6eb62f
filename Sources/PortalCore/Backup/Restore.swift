package import Foundation
import PortalKit

/// Puts a backup in the place of the database of a portal that does not run.
package struct Restore {
    private let configuration: PortalConfiguration
    private let file: BackupFile

    package init(_ path: String, _ configuration: PortalConfiguration) {
        self.configuration = configuration
        file = BackupFile(path: path)
    }

    /// - Parameter replacing: puts the database that is there aside; without, there must be none.
    /// - Returns: what was done, a line each.
    package func perform(replacing: Bool, by person: String, now: Date = Date()) throws -> [String] {
        try FileManager.default.createDirectory(
            atPath: configuration.stateFolder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
        )
        let lock: FileLock
        do {
            lock = try FileLock(path: configuration.databasePath + ".lock")
        } catch DatabaseError.busy {
            throw AdminProblem("The portal runs on \(configuration.stateFolder). Stop it first.")
        }
        defer { withExtendedLifetime(lock) {} }
        let present = PresentDatabase(path: configuration.databasePath)
        guard replacing || !present.holdsRows else {
            throw AdminProblem(
                "\(configuration.databasePath) is there already. Restore into an empty folder (GATEHOUSE_STATE), or add --replace, which puts it aside."
            )
        }
        let manifest = try file.verifiedManifest()
        try refuse(manifest)
        let staging = configuration.databasePath + ".restoring"
        defer { unlink(staging) }
        try file.extract(to: staging)
        let database = DatabaseFile(path: staging)
        try database.read { try $0.refuseUnsound(staging) }
        var parked = 0
        try database.write { parked = try $0.prepareAfterRestore(of: manifest, by: Operator(name: person), at: now) }
        var lines = [
            "Restored the backup of \(UTCTime(manifest.createdAt).exact), made by release \(manifest.release)."
        ]
        if present.holdsRows { lines.append("The earlier database is \(try present.keepAside(now: now)).") }
        try present.replace(by: staging)
        lines.append(
            parked == 0
                ? "No job was under way."
                : "\(parked) unfinished \(parked == 1 ? "job waits" : "jobs wait") for your release: look at `gatehouse job list --state parked`, then `gatehouse job release`."
        )
        lines.append(
            "Everybody signs in again; links that were sent are worth nothing; connections count as unproved until they work once."
        )
        return lines
    }

    private func refuse(_ manifest: BackupManifest) throws {
        if let unknown = manifest.migrations.first(where: { name in !Migration.all.contains { $0.name == name } }) {
            throw AdminProblem(
                "The backup was made by a newer release (\(manifest.release), \"\(unknown)\"). Run that release.")
        }
        guard manifest.isPractice == configuration.isPractice else {
            throw AdminProblem(
                manifest.isPractice
                    ? "The backup is of practice mode; it is not used for real work."
                    : "The backup holds real work; it is not used in practice mode.")
        }
        guard FileManager.default.fileExists(atPath: configuration.keyPath) else {
            throw AdminProblem(
                "\(configuration.keyPath) is missing. Put the key file there that belongs to the backup (key \(manifest.key)); its secrets are worth nothing without it."
            )
        }
        let vault = try Vault(keyFile: configuration.keyPath, mayCreate: false)
        guard vault.fingerprint == manifest.key else {
            throw AdminProblem(
                "\(configuration.keyPath) is another key (\(vault.fingerprint)) than the backup's (\(manifest.key)). Put the right key file there."
            )
        }
    }
}

extension DatabaseConnection {
    /// What happened outside after the backup is not in it. So nothing goes out before a person has looked, and what opened
    /// a door then opens none now.
    ///
    /// - Returns: how many jobs wait for a release.
    fileprivate mutating func prepareAfterRestore(of manifest: BackupManifest, by person: Operator, at now: Date) throws
        -> Int
    {
        let parked = try execute(
            """
            UPDATE job SET state = 'parked', parked_for = \(Job.ParkedFor.restore), attempts = 0,
                reason = \(Self.restored.title), problem = \(JSONColumn(Self.restored))
            WHERE finished_at IS NULL
            """)
        for table: SQL in [
            "session", "handover", "one_time_link", "held_form", "sso_sign_in", "sso_pause", "sso_suspension",
            "approval_link", "approval_trip",
        ] {
            try execute("DELETE FROM \(table)")
        }
        try note(.restoredAt, at: now)
        try note(.backupAt, at: manifest.createdAt)
        try keep("ticked-restore", UTCTime(now).text)
        let detail = [
            "account": person.name, "backup of": UTCTime(manifest.createdAt).exact, "release": manifest.release,
            "jobs parked": "\(parked)",
        ]
        try keep(Installation.pendingRestore, String(decoding: JSONEncoder().encode(detail), as: UTF8.self))
        return parked
    }

    private static var restored: Problem {
        Problem(
            title: "The portal was restored from a backup",
            explanation: "What this job did after the backup is not known.",
            nextStep:
                "Look at the provider's own pages. Where nothing speaks against it, start the job again at its step.",
            actor: .broker)
    }
}

extension Portal {
    /// The audit's line of a restore is written by the portal that starts on it: it alone holds what lines are bound with.
    func auditRestore() throws {
        guard let text = try database.read({ try $0.kept(Installation.pendingRestore) }) else { return }
        let detail = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
        let now = now
        try database.write { db in
            try db.audit(
                AuditLine(actor: "command line", action: "backup.restore", object: "backup:*", detail: detail), at: now)
            try db.execute("DELETE FROM installation WHERE name = \(Installation.pendingRestore)")
        }
    }
}
