import Foundation
import PortalKit

/// What the rows and the running process tell of the portal's health.
extension Portal {
    func examine(isProduction: Bool) throws -> AdminAnswer {
        try noteSealings()
        let now = now
        var findings = try databaseFindings() + jobFindings(now: now) + pluginFindings()
        findings += try mailFindings(now: now) + restoreFindings() + [vaultFinding()]
        if isProduction { findings += try goLiveFindings(now: now) }
        return try AdminAnswer(findings, lines: findings.map(\.line))
    }

    private func databaseFindings() throws -> [Finding] {
        var findings: [Finding] = []
        do {
            try database.read { try $0.refuseUnsound(configuration.databasePath) }
            findings.append(.ok("Database", "sound, every reference leads somewhere"))
        } catch let damage as AdminProblem {
            findings.append(
                .problem(
                    "Database", damage.description,
                    "Stop the portal and restore a backup: gatehouse restore FILE --replace"))
        }
        let applied = try database.read { try $0.count("SELECT COUNT(*) FROM migration") }
        findings.append(.ok("Schema", "\(applied) of \(Migration.all.count) steps, up to date"))
        let size =
            try? FileManager.default.attributesOfItem(atPath: configuration.databasePath + "-wal")[.size] as? NSNumber
        let megabytes = (size?.intValue ?? 0) >> 20
        findings.append(
            megabytes < 256
                ? .ok("Journal", "\(megabytes) MB")
                : .warning(
                    "Journal", "\(megabytes) MB", "A reader may hold it open: restart the portal in a quiet minute."))
        return findings
    }

    private func jobFindings(now: Date) throws -> [Finding] {
        let (due, parked, crashed, restored) = try database.read { db in
            (
                try db.first(
                    "SELECT wake_at FROM job WHERE state IN ('queued', 'waiting') AND wake_at <= \(now) ORDER BY wake_at LIMIT 1"
                ) { try $0[0] as Date },
                try db.count("SELECT COUNT(*) FROM job WHERE state = 'parked'"),
                try db.count(
                    "SELECT COUNT(*) FROM job WHERE state = 'parked' AND parked_for = \(Job.ParkedFor.crashes)"),
                try db.count(
                    "SELECT COUNT(*) FROM job WHERE state = 'parked' AND parked_for = \(Job.ParkedFor.restore)")
            )
        }
        let late = due.map { Int(now.timeIntervalSince($0)) } ?? 0
        var findings = [
            late < 600
                ? Finding.ok("Jobs", "none is late, \(parked) parked")
                : .problem(
                    "Jobs", "one has been due for \(late / 60) minutes", "Does the portal serve? Jobs run only then.")
        ]
        if crashed > 0 {
            findings.append(
                .warning(
                    "Jobs", "\(crashed) cut off three times at the same step",
                    "Look at: gatehouse job list --state parked"))
        }
        if restored > 0 {
            findings.append(
                .warning(
                    "Jobs", "\(restored) wait for a release since the restore",
                    "Look at them, then: gatehouse job release"))
        }
        return findings
    }

    private func pluginFindings() throws -> [Finding] {
        try plugins.entries.map { entry in
            let id = entry.manifest.id
            let about = "Plugin \(id)"
            guard try isPluginEnabled(id) else { return .ok(about, "switched off") }
            if let failure = entry.failure {
                return .problem(about, "did not start: \(failure)", "Set it on the plugins page, or switch it off.")
            }
            if let warning = clockWarning(of: entry) { return .problem(about, warning, "") }
            let broken = try database.read {
                try $0.count("SELECT COUNT(*) FROM connection WHERE plugin_id = \(id) AND state = 'broken'")
            }
            guard broken == 0 else {
                return .warning(
                    about, "\(counted(broken, "connection is", "connections are")) broken", "The brokers sign in again."
                )
            }
            return .ok(about, "enabled, every connection works")
        }
    }

    private func clockWarning(of entry: PluginRegistry.Entry) -> String? {
        providerClocks.warning(for: entry.manifest.id, provider: entry.manifest.provider)
    }

    private func mailFindings(now: Date) throws -> [Finding] {
        if configuration.isPractice { return [.ok("Mail", "stays here: practice mode shows it on a page")] }
        guard configuration.mailFrom != nil else {
            return [
                .warning(
                    "Mail", "is not set up; every link is shown to copy instead",
                    "Set GATEHOUSE_MAIL_FROM, and a sendmail.")
            ]
        }
        let (stuck, failed) = try database.read { db in
            (
                try db.count("SELECT COUNT(*) FROM mail WHERE state = 'queued' AND created_at < \(now - 3_600)"),
                try db.count(
                    "SELECT COUNT(*) FROM mail WHERE state IN ('failed', 'bounced') AND state_since > \(now - 7 * 86_400)"
                )
            )
        }
        if stuck > 0 {
            return [.problem("Mail", "\(stuck) wait for more than an hour", "Look at the mail page for the reason.")]
        }
        if failed > 0 {
            return [
                .warning("Mail", "\(failed) failed in the last seven days", "Look at the mail page for the reasons.")
            ]
        }
        return [.ok("Mail", "none waits, none failed")]
    }

    private func restoreFindings() throws -> [Finding] {
        let (restored, unproved) = try database.read { db in (try db.time(of: .restoredAt), try db.unprovedGrants()) }
        guard let restored, unproved > 0 else { return [] }
        return [
            .warning(
                "Restore",
                "\(counted(unproved, "sign-in has", "sign-ins have")) not worked yet since the restore of \(UTCTime(restored).text)",
                "The next reading of the night proves them; a broker can ask for it at once.")
        ]
    }

    private func vaultFinding() throws -> Finding {
        let sealed = try database.read { try Int($0.kept("sealings") ?? "0") ?? 0 }
        let limit = 1 << 32
        return sealed < limit / 2
            ? .ok("Vault", "\(sealed) of \(limit) sealings with this key")
            : .problem("Vault", "\(sealed) of \(limit) sealings with this key", "Take a new key.")
    }

    /// The count of this process is added to the one that is kept.
    func noteSealings() throws {
        let more = vault.sealings.take()
        guard more > 0 else { return }
        try database.write { db in
            try db.keep("sealings", "\((Int(db.kept("sealings") ?? "0") ?? 0) + more)")
        }
    }
}

extension DatabaseConnection {
    /// Of the sign-ins that a restore brought: those that have not been renewed since.
    mutating func unprovedGrants() throws -> Int {
        guard let restored = try time(of: .restoredAt) else { return 0 }
        return try count("SELECT COUNT(*) FROM provider_grant WHERE is_current = TRUE AND renewed_at <= \(restored)")
    }
}
