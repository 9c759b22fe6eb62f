import Foundation
import PortalKit

/// Somebody who was invited, and whose link ended before it was used.
struct UnusedInvitation: Sendable {
    let id: Key<User>
    let email: String
    /// When the link ended.
    let since: Date
}

/// A broker whose requirement of single sign-on is suspended from the machine itself.
struct Suspension: Sendable {
    let broker: Key<Broker>
    let brokerName: String
    let since: Date
    let until: Date
    let reason: String
}

extension DatabaseConnection {
    mutating func serviceAdded(_ plugin: Key<PluginManifest>, of broker: Key<Broker>) throws -> Date? {
        try first("SELECT added_at FROM service WHERE broker_id = \(broker) AND plugin_id = \(plugin)") { try $0[0] }
    }

    mutating func unlinkedTenants(of broker: Key<Broker>, source: Key<PluginManifest>) throws -> (
        count: Int, oldest: Date, newest: Date
    )? {
        let found = try first(
            """
            SELECT COUNT(*), MIN(first_seen_at), MAX(first_seen_at) FROM tenant
            JOIN tenant_source ON tenant_source.tenant_id = tenant.id
            WHERE tenant.broker_id = \(broker) AND plugin_id = \(source) AND presence = \(StoredTenant.Presence.present)
                AND excluded_at IS NULL AND NOT EXISTS (
                    SELECT 1 FROM tenant_link WHERE tenant_link.tenant_id = tenant.id)
            """
        ) { try ($0[0] as Int, $0[1] as Date?, $0[2] as Date?) }
        guard let found, let oldest = found.1, let newest = found.2 else { return nil }
        let count = found.0
        return (count, oldest, newest)
    }

    /// Failed or parked, and not taken up by a later job of the same kind. A dead sign-in is the connection's, a message the
    /// outbox's, and a sign-in that failed was seen by who did it.
    mutating func troubledJobs(of broker: Key<Broker>?, since: Date) throws -> [Job] {
        let owner: SQL = if let broker { "broker_id = \(broker)" } else { "broker_id IS NULL" }
        return try query(
            """
            \(Job.selection) WHERE \(owner) AND state IN ('failed', 'parked') AND created_at > \(since)
                AND kind <> \(ProofJob.name) AND kind <> \(MailJob.name) AND NOT EXISTS (
                    SELECT 1 FROM job AS later WHERE later.kind = job.kind AND later.subject = job.subject
                        AND later.created_at > job.created_at)
            ORDER BY created_at DESC LIMIT 50
            """, Job.init(row:)
        ).filter { $0.problem?.remedy != .signInAgain }
    }

    mutating func revokedSetups(of broker: Key<Broker>) throws -> [(StoredSetup, String)] {
        let setups = try query(
            """
            \(StoredSetup.selection) WHERE broker_id = \(broker) AND access = \(TenantAccess.revoked)
            ORDER BY access_since LIMIT 50
            """, StoredSetup.init(row:))
        return try setups.map { ($0, try tenant($0.tenantID, of: .whole(broker))?.name ?? "") }
    }

    /// Refused and not asked anew, or with links that nobody can use any more.
    mutating func stuckApprovals(of broker: Key<Broker>, now: Date) throws -> [StoredApproval] {
        try query(
            """
            \(StoredApproval.selection) WHERE approval.broker_id = \(broker) AND (
                (state IN ('sent', 'opened') AND NOT EXISTS (
                    SELECT 1 FROM approval_link WHERE approval_id = approval.id AND expires_at > \(now)))
                OR (state = 'refused' AND EXISTS (
                    SELECT 1 FROM approval AS next WHERE next.tenant_id = approval.tenant_id
                        AND next.plugin_id = approval.plugin_id AND next.step = approval.step AND next.state = 'draft')))
            ORDER BY state_since LIMIT 50
            """, StoredApproval.init(row:))
    }

    /// What failed, came back, or has stood in the outbox for an hour.
    ///
    /// - Parameter broker: `nil` for everybody's.
    mutating func troubledMail(of broker: Key<Broker>?, since: Date, now: Date) throws -> [StoredMail] {
        let owner: SQL = if let broker { "AND mail.broker_id = \(broker)" } else { "" }
        return try query(
            """
            \(StoredMail.selection) WHERE ((state IN ('failed', 'bounced') AND state_since > \(since))
                OR (state = 'queued' AND state_since < \(now - 3_600))) \(owner)
            ORDER BY state_since DESC LIMIT 50
            """, StoredMail.init(row:))
    }

    /// Whom a message was for, if that person is still there.
    mutating func person(of mail: StoredMail) throws -> Key<User>? {
        try first(
            "SELECT id FROM portal_user WHERE email = \(mail.recipient) AND broker_id = \(mail.brokerID)"
        ) { try $0[0] }
    }

    /// - Parameter broker: `nil` for the portal's own people.
    mutating func unusedInvitations(of broker: Key<Broker>?, now: Date) throws -> [UnusedInvitation] {
        let owner: SQL = if let broker { "broker_id = \(broker)" } else { "broker_id IS NULL" }
        let lifetime = OneTimeLink.Purpose.invitation.lifetime
        return try query(
            """
            SELECT id, email, created_at FROM portal_user
            WHERE \(owner) AND password = '' AND signed_in_at IS NULL AND disabled_at IS NULL
                AND created_at < \(now - lifetime) AND NOT EXISTS (
                    SELECT 1 FROM one_time_link WHERE user_id = portal_user.id
                        AND purpose = \(OneTimeLink.Purpose.invitation) AND expires_at > \(now))
            ORDER BY created_at LIMIT 50
            """
        ) { row in
            try UnusedInvitation(id: row[0], email: row[1], since: (row[2] as Date) + lifetime)
        }
    }

    /// - Parameter broker: `nil` for all.
    mutating func suspensions(of broker: Key<Broker>?, now: Date) throws -> [Suspension] {
        let owner: SQL = if let broker { "AND broker_id = \(broker)" } else { "" }
        return try query(
            """
            SELECT broker_id, broker.name, started_at, until, reason FROM sso_suspension
            JOIN broker ON broker.id = broker_id WHERE until > \(now) \(owner) ORDER BY until
            """
        ) { try Suspension(broker: $0[0], brokerName: $0[1], since: $0[2], until: $0[3], reason: $0[4]) }
    }
}
