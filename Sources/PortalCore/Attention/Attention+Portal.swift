import Foundation
import PortalKit

extension Portal {
    private static let oldestBackup: TimeInterval = 2 * 86_400

    /// For the portal's administrators: what is the installation's, not a broker's.
    func attentionItemsOfPortal(_ db: inout DatabaseConnection, now: Date) throws -> [AttentionItem] {
        var items = try plugins.entries.flatMap { entry -> [AttentionItem] in
            guard try db.isEnabled(entry.manifest.id) else { return [] }
            return [failureItem(entry), clockItem(entry), try faultItem(entry, &db)].compactMap(\.self)
        }
        if !configuration.isPractice {
            if mailSender == nil { items.append(noMailItem) }
            items += [try backupItem(&db, now: now)].compactMap(\.self)
        }
        items += [try mailTrouble(&db, now: now)].compactMap(\.self)
        items += try db.suspensions(of: nil, now: now).map { suspensionItem($0, isPortals: true) }
        items += try db.unusedInvitations(of: nil, now: now).map(invitationItem)
        items += try db.troubledJobs(of: nil, since: now - 30 * 86_400).map { job in
            jobItem(job, isPortals: true, button: try portalsButton(for: job, &db))
        }
        let broken = try db.auditFindings(of: nil).filter { !$0.isWhole }
        if !broken.isEmpty { items.append(auditItem(broken)) }
        return items
    }

    private func administratorItem(
        _ id: String, _ tone: Tone, _ title: String, _ explanation: String, since: Date? = nil,
        button: AttentionItem.Button?, permission: Permission
    ) -> AttentionItem {
        AttentionItem(
            id: id, tone: tone, title: title, explanation: explanation, actor: Actor.broker.words, since: since,
            button: button, permission: permission)
    }

    private func failureItem(_ entry: PluginRegistry.Entry) -> AttentionItem? {
        entry.failure.map { failure in
            administratorItem(
                "plugin-failure:\(entry.manifest.id):\(failure)", .bad,
                "\(entry.manifest.listing.name) does not work: it could not be built", failure,
                button: .init(title: "Look at it", path: "/plugins"), permission: .managePlugins)
        }
    }

    private func clockItem(_ entry: PluginRegistry.Entry) -> AttentionItem? {
        providerClocks.warning(for: entry.manifest.id, provider: entry.manifest.provider).map { warning in
            administratorItem(
                "clock:\(entry.manifest.id)", .bad, "The clock is wrong", warning,
                button: .init(title: "Look at it", path: "/plugins"), permission: .managePlugins)
        }
    }

    /// A fault in a request, which the plugin has not outlived yet.
    private func faultItem(_ entry: PluginRegistry.Entry, _ db: inout DatabaseConnection) throws -> AttentionItem? {
        let id = entry.manifest.id
        let fault = try db.first(
            """
            SELECT at, reason FROM plugin_fault WHERE plugin_id = \(id) AND NOT EXISTS (
                SELECT 1 FROM plugin_check WHERE plugin_check.plugin_id = plugin_fault.plugin_id AND checked_at > at)
            """
        ) { try ($0[0] as Date, $0[1] as String) }
        return fault.map { at, reason in
            administratorItem(
                "plugin-fault:\(id):\(mark(at))", .bad, "\(entry.manifest.listing.name) failed in a request", reason,
                since: at, button: .init(title: "Look at it", path: "/plugins"), permission: .managePlugins)
        }
    }

    private var noMailItem: AttentionItem {
        administratorItem(
            "no-mail", .warn, "No mail is set up",
            "Invitations and new passwords work by copying their links. Owners are not told when a sign-in breaks.",
            button: .init(title: "Look at it", path: "/mail"), permission: .seeMail)
    }

    private func backupItem(_ db: inout DatabaseConnection, now: Date) throws -> AttentionItem? {
        let last = try db.time(of: .backupAt)
        if let last, now.timeIntervalSince(last) < Self.oldestBackup { return nil }
        return administratorItem(
            "backup:\(mark(last))", .bad,
            last.map { "The last backup is of \(UTCTime($0).text)" } ?? "There is no backup yet",
            "Switch the timer on (systemctl enable --now gatehouse-backup.timer), or let gatehouse backup run every day; and keep its file and the key file on another machine, apart.",
            since: last, button: nil, permission: .managePlugins)
    }

    /// The page on which a job of the portal's own is seen and started again.
    private func portalsButton(for job: Job, _ db: inout DatabaseConnection) throws -> AttentionItem.Button? {
        switch job.kind {
        case BrokerErasure.name:
            // The broker's page goes with its last row; what may fail after that, the command starts again.
            try db.broker(Key(job.subject)).map { .init(title: "Go on", path: "/brokers/\($0.id)") }
        case AuditCheckJob.name: .init(title: "Check again", path: "/audit")
        case ExaminationJob.name: .init(title: "Test again", path: "/plugins/\(job.subject)")
        default: nil
        }
    }

    private func mailTrouble(_ db: inout DatabaseConnection, now: Date) throws -> AttentionItem? {
        let troubled = try db.troubledMail(of: nil, since: now - 30 * 86_400, now: now)
        guard let newest = troubled.map(\.since).max() else { return nil }
        let state = Set(troubled.map(\.state)).count == 1 ? "?state=\(troubled[0].state.rawValue)" : ""
        return administratorItem(
            "mail-trouble:\(mark(newest))", .bad,
            "\(counted(troubled.count, "message")) did not get to \(troubled.count == 1 ? "its" : "their") recipient",
            troubled[0].reason ?? "The mail program does not take it.", since: troubled.map(\.since).min(),
            button: .init(title: "Look at them", path: "/mail\(state)"), permission: .seeMail)
    }
}
