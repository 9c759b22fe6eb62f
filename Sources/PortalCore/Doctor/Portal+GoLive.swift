import Foundation
import PortalKit

/// What has to be so before real people use the portal: judged where the rows tell it, and ticked by a person where they
/// can't.
extension Portal {
    /// What only a person knows to have done.
    enum Tick: String, CaseIterable {
        case reboot
        case restore
        case mail

        var text: String {
            switch self {
            case .reboot: "the machine was restarted, and the portal came back by itself"
            case .restore: "a backup was restored into another folder, and it worked"
            case .mail: "a message of the portal has arrived"
            }
        }
    }

    func tick(_ name: String, _ person: Operator) throws -> AdminAnswer {
        guard let item = Tick(rawValue: name) else {
            throw AdminProblem(
                "There is no \"\(name)\" to tick. Known: \(Tick.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        let now = now
        try database.write { db in
            try db.keep("ticked-\(item.rawValue)", UTCTime(now).text)
            try db.audit(person.line("go-live.tick", "installation:\(item.rawValue)", ["what": item.text]), at: now)
        }
        return try AdminAnswer(done: "Noted: \(item.text).")
    }

    func goLiveFindings(now: Date) throws -> [Finding] {
        try accountFindings() + [addressFinding, metricsFinding] + workFindings(now: now)
    }

    /// By single sign-on only: the second factor is the provider's.
    private static let signsInElsewhere: SQL = """
        EXISTS (SELECT 1 FROM sso_identity WHERE sso_identity.user_id = portal_user.id)
        AND (password = '' OR EXISTS (SELECT 1 FROM sso_provider WHERE sso_provider.broker_id = portal_user.broker_id
            AND is_enabled = TRUE AND is_required = TRUE))
        """

    private func accountFindings() throws -> [Finding] {
        let (demo, administrators, bare, owners) = try database.read { db in
            (
                try db.count("SELECT COUNT(*) FROM portal_user WHERE is_demo = TRUE AND disabled_at IS NULL"),
                try db.count(
                    "SELECT COUNT(*) FROM portal_user WHERE role = \(Role.portalAdministrator) AND disabled_at IS NULL"),
                try db.query(
                    """
                    SELECT email FROM portal_user WHERE role IN (\(Role.portalAdministrator), \(Role.brokerOwner))
                        AND disabled_at IS NULL AND totp_since IS NULL
                        AND NOT (\(Self.signsInElsewhere)) ORDER BY email LIMIT 5
                    """
                ) { try $0[0] as String },
                try db.query(
                    """
                    SELECT name FROM broker WHERE disabled_at IS NULL AND NOT EXISTS (SELECT 1 FROM portal_user
                        WHERE broker_id = broker.id AND role = \(Role.brokerOwner) AND portal_user.disabled_at IS NULL)
                    ORDER BY name LIMIT 5
                    """
                ) { try $0[0] as String }
            )
        }
        return [
            demo == 0 && !configuration.isPractice
                ? .ok("Demo accounts", "none")
                : .problem(
                    "Demo accounts", "\(demo) with a password that everybody knows",
                    "Practice mode is for trying: set up another state folder without GATEHOUSE_PRACTICE."),
            administrators > 1
                ? .ok("Administrators", "\(administrators)")
                : .warning(
                    "Administrators", "\(administrators)",
                    "Make a second one, for the day on which the first is away: gatehouse user create EMAIL --admin"),
            bare.isEmpty
                ? .ok("Second steps", "every administrator and owner has one, or signs in by single sign-on only")
                : .problem(
                    "Second steps", "missing: \(bare.joined(separator: ", "))",
                    "They set one up at their next sign-in."),
            owners.isEmpty
                ? .ok("Owners", "every broker has one")
                : .problem(
                    "Owners", "no owner may sign in: \(owners.joined(separator: ", "))",
                    "Invite one on the broker's page."),
        ]
    }

    private var addressFinding: Finding {
        let bad = configuration.regions.filter { $0.baseURL.scheme != "https" || $0.baseURL.isLoopback }
        return bad.isEmpty
            ? .ok("Addresses", configuration.regions.map { "\($0.baseURL)" }.joined(separator: ", "))
            : .problem(
                "Addresses", "not for the world: \(bad.map { "\($0.baseURL)" }.joined(separator: ", "))",
                "Give each region a name of its own and a certificate.")
    }

    private var metricsFinding: Finding {
        configuration.metricsToken == nil
            ? .warning(
                "Metrics", "nobody can read them", "Set GATEHOUSE_METRICS_TOKEN_FILE and let your monitoring ask.")
            : .ok("Metrics", "a token is set")
    }

    private func workFindings(now: Date) throws -> [Finding] {
        let (backup, sent, glass, ticks) = try database.read { db in
            (
                try db.time(of: .backupAt),
                try db.count("SELECT COUNT(*) FROM mail WHERE state = 'sent'"),
                try db.count("SELECT COUNT(*) FROM audit WHERE action IN ('sign-in-link.create', 'sso.suspend')"),
                try Dictionary(uniqueKeysWithValues: Tick.allCases.map { ($0, try db.kept("ticked-\($0.rawValue)")) })
            )
        }
        func ticked(_ about: String, _ item: Tick) -> Finding {
            if let at = ticks[item] ?? nil { return .ok(about, "\(item.text) (noted \(at))") }
            return .problem(
                about, "nobody has noted that \(item.text)", "Try it, then: gatehouse doctor --tick \(item.rawValue)")
        }
        return [
            backup.map { now.timeIntervalSince($0) < 26 * 3_600 } == true
                ? .ok("Backup", "the last is younger than a day")
                : .problem(
                    "Backup", backup.map { "the last is of \(UTCTime($0).text)" } ?? "none was ever made",
                    "Switch the timer on: systemctl enable --now gatehouse-backup.timer"),
            ticked("Restore", .restore), ticked("Reboot", .reboot),
            sent > 0
                ? ticked("Mail", .mail)
                : .problem("Mail", "none was ever sent", "Invite somebody, and see whether it arrives."),
            glass > 0
                ? .ok("Break-glass", "was tried")
                : .problem(
                    "Break-glass", "was never tried",
                    "Make a sign-in link once, and use it: gatehouse user sign-in-link EMAIL"),
        ]
    }
}
