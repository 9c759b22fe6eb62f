import Foundation
import PortalKit

/// An approval as the holder of a link finds it.
struct ApprovalLink: Sendable {
    let token: Token
    let approval: StoredApproval
    let broker: Broker
    let expiresAt: Date
    /// As the set-up knows it, with what was typed when it was added.
    let tenant: SetupTenant
    let setupState: StoredSetup.State

    func isExpired(at now: Date) -> Bool { expiresAt <= now }
}

extension DatabaseConnection {
    /// The link, of a broker and a service that are there. Only its hash is looked for, so nothing is compared byte by byte.
    mutating func approvalLink(_ token: Token) throws -> ApprovalLink? {
        let found = try first(
            """
            SELECT approval_id, expires_at FROM approval_link JOIN approval ON approval.id = approval_id
            JOIN broker ON broker.id = approval.broker_id
            JOIN service ON service.broker_id = approval.broker_id AND service.plugin_id = approval.plugin_id
            WHERE token_hash = \(token.hash) AND broker.disabled_at IS NULL AND broker.erasing_since IS NULL
            """
        ) { try (id: $0[0] as Key<StoredApproval>, until: $0[1] as Date) }
        guard let found,
            let approval = try first(
                "\(StoredApproval.selection) WHERE approval.id = \(found.id)", StoredApproval.init(row:)),
            let broker = try broker(approval.brokerID),
            let setup = try setup(of: approval.tenantID, approval.pluginID),
            let tenant = try tenant(approval.tenantID, of: .whole(approval.brokerID))
        else { return nil }
        return ApprovalLink(
            token: token, approval: approval, broker: broker, expiresAt: found.until,
            tenant: SetupTenant(key: tenant.key, name: tenant.name, intake: setup.intake), setupState: setup.state)
    }

    /// The first look. Who looks is not known: mail scanners follow links too.
    mutating func noteSeen(_ link: ApprovalLink, at now: Date) throws {
        let isFirst = try execute(
            "UPDATE approval SET seen_at = \(now) WHERE id = \(link.approval.id) AND seen_at IS NULL")
        if isFirst == 1 { try audit(link.approval.line("approval.see", by: "somebody with the link"), at: now) }
    }

    /// The first press of a button.
    mutating func noteOpened(_ link: ApprovalLink, at now: Date) throws {
        let isFirst = try execute(
            """
            UPDATE approval SET opened_at = COALESCE(opened_at, \(now)), state = 'opened', state_since = \(now)
            WHERE id = \(link.approval.id) AND state = 'sent'
            """)
        if isFirst == 1 { try audit(link.approval.line("approval.open", by: "somebody with the link"), at: now) }
    }
}
