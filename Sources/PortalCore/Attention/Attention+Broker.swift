import Foundation
import PortalKit

extension Portal {
    /// A renewal a night is usual; without one for so long, the sign-in will end.
    private static let renewalIsLate: TimeInterval = 7 * 86_400
    /// What failed longer ago is history.
    private static let recently: TimeInterval = 30 * 86_400

    func attentionItems(of broker: Key<Broker>, _ db: inout DatabaseConnection, now: Date) throws -> [AttentionItem] {
        var items: [AttentionItem] = []
        for service in try db.services(of: broker, plugins) where service.isEnabled {
            if service.entry.connectable != nil {
                items += [try connectionItem(service, of: broker, &db, now: now)].compactMap(\.self)
            }
            items += [try unlinkedItem(service, of: broker, &db)].compactMap(\.self)
        }
        items += try db.troubledJobs(of: broker, since: now - Self.recently).map { jobItem($0) }
        items += try db.revokedSetups(of: broker).map(revokedItem)
        items += try db.stuckApprovals(of: broker, now: now).map { approvalItem($0, now: now) }
        items += try db.troubledMail(of: broker, since: now - Self.recently, now: now).map { mail in
            mailItem(mail, to: try db.person(of: mail))
        }
        items += try db.unusedInvitations(of: broker, now: now).map(invitationItem)
        if let suspension = try db.suspensions(of: broker, now: now).first { items.append(suspensionItem(suspension)) }
        if let finding = try db.auditFindings(of: AuditChain.name(of: broker)).first, !finding.isWhole {
            items.append(auditItem([finding]))
        }
        return items
    }

    private func connectionItem(
        _ service: Service, of broker: Key<Broker>, _ db: inout DatabaseConnection, now: Date
    ) throws -> AttentionItem? {
        let name = service.manifest.listing.name
        let path = "\(service.path)/authentication"
        let connection = service.connection
        switch connection?.state {
        case .broken:
            return AttentionItem(
                id: "connection:\(service.manifest.id):\(mark(connection?.since))", tone: .bad,
                title: "\(name) is not connected: \(connection?.cause?.title ?? "the sign-in no longer works")",
                explanation: connection?.cause?.nextStep ?? "Sign in again.",
                actor: (connection?.cause?.actor ?? .broker).words,
                since: connection?.since, button: .init(title: "Connect", path: path), permission: .seeServices)
        case .connected:
            guard let renewed = connection?.renewedAt, now.timeIntervalSince(renewed) > Self.renewalIsLate else {
                return nil
            }
            return AttentionItem(
                id: "renewal:\(service.manifest.id):\(mark(renewed))", tone: .warn,
                title: "The sign-in of \(name) has not been renewed since \(UTCTime(renewed).text)",
                explanation:
                    "It is renewed every night, and ends when it is not. Look at the last jobs, or sign in again.",
                actor: Actor.broker.words, since: renewed, button: .init(title: "Look at it", path: service.path),
                permission: .seeServices)
        case .some(.none), nil:
            let since = try db.serviceAdded(service.manifest.id, of: broker)
            return AttentionItem(
                id: "connect:\(service.manifest.id):\(mark(since))", tone: .warn, title: "\(name) is not connected",
                explanation: "Sign in once, and the tenants of your customers appear.", actor: Actor.broker.words,
                since: since, button: .init(title: "Connect", path: path), permission: .seeServices)
        }
    }

    private func unlinkedItem(_ service: Service, of broker: Key<Broker>, _ db: inout DatabaseConnection) throws
        -> AttentionItem?
    {
        // One by one they are linked by their set-up.
        guard service.entry.tenantSource != nil,
            let unlinked = try db.unlinkedTenants(of: broker, source: service.manifest.id)
        else { return nil }
        return AttentionItem(
            id: "unlinked:\(service.manifest.id):\(mark(unlinked.newest))", tone: .warn,
            title: "\(counted(unlinked.count, "tenant is", "tenants are")) unlinked: \(service.manifest.listing.name)",
            explanation: unlinkedMeans, actor: Actor.broker.words, since: unlinked.oldest,
            button: .init(title: "Link them", path: "\(service.path)/tenants"), permission: .seeTenants)
    }

    func jobItem(_ job: Job, isPortals: Bool = false, button: AttentionItem.Button? = nil) -> AttentionItem {
        let isNightly = job.kind == DiscoveryJob.name && job.startedBy == "portal"
        let title = isNightly ? "The list of tenants could not be read at night" : job.title
        let cause = job.problem?.title ?? job.reason ?? "It stands still"
        let path = "/jobs/\(job.id)"
        return AttentionItem(
            id: "job:\(job.id):\(job.lease)", tone: job.state == .failed ? .bad : .warn, title: "\(title): \(cause)",
            explanation: (job.problem?.nextStep ?? "It goes on once its cause is gone.")
                + (isPortals
                    ? " Or on the machine: gatehouse job \(job.problem == nil ? "release" : "retry") \(job.id)" : ""),
            actor: (job.problem?.actor ?? .portalAdministrator).words,
            since: job.finishedAt ?? job.startedAt ?? job.createdAt,
            button: isPortals
                ? button
                : job.isRetriable
                    ? .init(title: "Retry", path: "\(path)/retry", post: .manageJobs, look: path)
                    : .init(title: "Look at it", path: path),
            permission: isPortals ? .seeMail : .seeJobs)
    }

    private func revokedItem(_ setup: StoredSetup, _ tenant: String) -> AttentionItem {
        AttentionItem(
            id: "revoked:\(setup.tenantID):\(mark(setup.accessSince))", tone: .bad,
            title: "The access to \(tenant) no longer works: \(setup.accessReason)",
            explanation: "Nothing can be done in this tenant until it is set up again.", actor: Actor.broker.words,
            since: setup.accessSince, button: .init(title: "Look at it", path: "/tenants/\(setup.tenantID)/setup"),
            permission: .seeSetups)
    }

    private func approvalItem(_ approval: StoredApproval, now: Date) -> AttentionItem {
        let isExpired = approval.isLinkExpired(at: now)
        return AttentionItem(
            id: "approval:\(approval.id):\(mark(isExpired ? approval.linkUntil : approval.since))", tone: .warn,
            title: isExpired
                ? "The link to \(approval.tenantName) has expired unanswered"
                : "\(approval.tenantName) refused what it was asked",
            explanation: isExpired
                ? "The wait goes on; a new link is one click."
                : "\(approval.reason ?? "No reason was given"). A new request is one click.",
            actor: Actor.broker.words, since: isExpired ? approval.linkUntil : approval.since,
            button: .init(title: "Look at it", path: "/tenants/\(approval.tenantID)/setup"), permission: .seeSetups)
    }

    private func mailItem(_ mail: StoredMail, to person: Key<User>?) -> AttentionItem {
        AttentionItem(
            id: "mail:\(mail.id):\(mark(mail.since))", tone: .bad,
            title: "\(mail.purpose.title) to \(mail.recipient): \(mail.state.title.lowercased())",
            explanation:
                "\(mail.reason ?? "The mail program has not taken it.") Check the address, or pass the link on another way.",
            actor: Actor.broker.words, since: mail.since,
            button: .init(title: "Look at it", path: person.map { "/users/\($0)" } ?? "/users"), permission: .seeUsers)
    }

    func invitationItem(_ person: UnusedInvitation) -> AttentionItem {
        AttentionItem(
            id: "invitation:\(person.id):\(mark(person.since))", tone: .warn,
            title: "The invitation of \(person.email) ended unused",
            explanation: "Invite the person again, or delete the account.", actor: Actor.broker.words,
            since: person.since,
            button: .init(title: "Look at it", path: "/users/\(person.id)"), permission: .manageUsers)
    }

    func suspensionItem(_ suspension: Suspension, isPortals: Bool = false) -> AttentionItem {
        AttentionItem(
            id: "suspension:\(suspension.broker):\(mark(suspension.since))", tone: .bad,
            title: "Break-glass is open: single sign-on is not required for \(suspension.brokerName)",
            explanation: "Until \(UTCTime(suspension.until).text). Why: \(suspension.reason)"
                + (isPortals ? " To end it earlier, on the machine: gatehouse sso restore \(suspension.broker)" : ""),
            actor: Actor.portalAdministrator.words, since: suspension.since,
            button: isPortals
                ? .init(title: "Look at it", path: "/brokers/\(suspension.broker)")
                : .init(title: "Look at it", path: "/security", needs: .seeSecurity),
            permission: .seeAttention)
    }

    func auditItem(_ findings: [AuditFinding]) -> AttentionItem {
        AttentionItem(
            id: "audit:\(findings.map { "\($0.chain)-\($0.words)" }.joined(separator: ","))", tone: .bad,
            title: "The audit was changed by other hands than the portal's",
            explanation: findings.map(\.words).joined(separator: " "), actor: Actor.portalAdministrator.words,
            since: findings.map(\.at).min(), button: .init(title: "Look at it", path: "/audit"), permission: .seeAudit)
    }

    func mark(_ date: Date?) -> String { "\(Int((date ?? .distantPast).timeIntervalSince1970 * 1_000))" }
}
