import Foundation
import PortalKit

/// Reads the provider's list of tenants page by page, and the details of those that could match an organization.
struct DiscoveryJob: JobKind {
    static let name = "tenants.discovery"
    let portal: Portal

    private struct Progress: Codable {
        /// The sign-in that the run reads with; another one begins anew.
        var grant: Key<StoredGrant>?
        var cursor: Cursor?
        /// When the run began; what it has not seen at its end is gone.
        var start: Date?
        var isListed = false
        var pages = 0
        /// Pages in a row that brought nobody new.
        var stalePages: Int? = 0
        var found = 0
        var detailed = 0
    }

    /// One tenant that can't be read holds up the others no longer than this.
    private static let triesForOne = 2
    /// A list may have empty pages, and pages that repeat; so many in a row mean that it goes in circles. Continuations
    /// can't tell: a provider may write the same place in ever new words.
    private static let maxStalePages = 20

    static func start(
        for connection: Key<StoredConnection>, _ broker: Key<Broker>, _ plugin: Key<PluginManifest>, by actor: String,
        _ db: inout DatabaseConnection, at now: Date
    ) throws -> Key<Job> {
        try db.start(
            NewJob(
                kind: DiscoveryJob.self, brokerID: broker, pluginID: plugin, title: "Read the list of tenants",
                subject: connection.rawValue,
                payload: try JobStep.encode(Progress(grant: db.currentGrant(of: connection))), startedBy: actor),
            at: now)
    }

    func step(_ job: Job) async throws -> JobStep {
        guard let brokerID = job.brokerID, let pluginID = job.pluginID, let entry = portal.plugins[pluginID],
            let source = entry.tenantSource, let broker = try portal.database.read({ try $0.broker(brokerID) })
        else { return JobStep(outcome: .failed(Self.vanished)) }
        let grant = try portal.database.read { try $0.currentGrant(of: Key(job.subject)) }
        var progress = try JobStep.decode(Progress.self, from: job)
        if progress.grant != grant { progress = Progress(grant: grant) }
        let access = ProviderAccess(portal: portal, plugin: source, broker: broker, connection: Key(job.subject))
        return progress.isListed
            ? try await readDetails(source, access, progress, tries: job.tries)
            : try await readPage(source, entry.manifest, access, progress)
    }

    func ended(_ job: Job, _ problem: Problem?, _ db: inout DatabaseConnection, at now: Date) throws {
        if let problem, problem.remedy == .signInAgain {
            try portal.breakConnection(
                Key(job.subject), of: job.brokerID, job.pluginID, cause: problem, &db, at: now)
        }
    }

    private func readPage(
        _ source: any TenantSource, _ manifest: PluginManifest, _ access: ProviderAccess, _ before: Progress
    ) async throws -> JobStep {
        let now = portal.now
        let page = try await portal.asking(manifest.id) { try await source.tenants(after: before.cursor, access) }
        let tenants = page.items.map(\.inPlainText)
        let run = before.start ?? now
        let broker = access.broker.id
        let unseen = try portal.database.read {
            try $0.countUnseen(tenants, in: manifest.namespace, source: manifest.id, of: broker, run: run)
        }
        var progress = before
        progress.start = run
        progress.cursor = page.next
        progress.pages += 1
        progress.stalePages = unseen == 0 ? (before.stalePages ?? 0) + 1 : 0
        progress.found += unseen
        progress.isListed = page.next == nil
        guard page.next == nil || (page.next != before.cursor && (progress.stalePages ?? 0) < Self.maxStalePages) else {
            return JobStep(outcome: .failed(Self.endless))
        }
        let after = progress
        return JobStep(
            outcome: .more, payload: try JobStep.encode(after), done: after.found,
            item: "Page \(after.pages) of the list"
        ) { db in
            for tenant in tenants {
                try db.note(tenant, in: manifest.namespace, source: manifest.id, of: broker, run: run, at: now)
            }
            if after.isListed { try db.noteGone(source: manifest.id, of: broker, notSeenIn: run, at: now) }
        }
    }

    /// One tenant's details; only while there are organizations that they could match.
    private func readDetails(
        _ source: any TenantSource, _ access: ProviderAccess, _ before: Progress, tries: Int
    ) async throws -> JobStep {
        let pluginID = type(of: source).manifest.id
        let broker = access.broker.id
        let (tenant, left, matters) = try portal.database.read { db in
            (
                try db.tenantWithoutDetails(source: pluginID, of: broker),
                try db.countTenantsWithoutDetails(source: pluginID, of: broker),
                try db.hasUnlinkedOrganization(of: broker)
            )
        }
        guard matters, let tenant else {
            let totals = try portal.database.read { try $0.totals(of: .whole(broker), source: pluginID) }
            return JobStep(
                outcome: .finished(
                    "Found \(counted(totals.atProvider, "tenant")), \(grouped(totals[.unlinked])) of them unlinked."))
        }
        var progress = before
        progress.detailed += 1
        let payload = try JobStep.encode(progress)
        let now = portal.now
        let done = progress.detailed
        let total = done + left - 1
        do {
            let details = try await portal.asking(pluginID) { try await source.details(of: tenant.key, access) }
                .inPlainText
            return JobStep(outcome: .more, payload: payload, done: done, total: total, item: details.name) { db in
                try db.noteDetails(details, of: tenant.id, at: now)
            }
        } catch let problem as Problem
            where problem.remedy == .thisOne || (problem.remedy == .retry && tries >= Self.triesForOne)
        {
            return JobStep(outcome: .more, payload: payload, done: done, total: total, item: tenant.name) { db in
                try db.noteUnreachable(tenant.id, source: pluginID, reason: problem.title, at: now)
            }
        }
    }

    private static let vanished = Problem(
        title: "The service is no longer there", explanation: "It has been removed in the meantime.",
        nextStep: "Add the service again from the marketplace.", actor: .broker)

    private static let endless = Problem(
        title: "The provider's list does not end", explanation: "It gives the same place in the list again and again.",
        nextStep: "Try again later; if it stays, tell the provider.", actor: .provider)
}

extension DatabaseConnection {
    /// Whether there is an organization with a domain and without a tenant.
    fileprivate mutating func hasUnlinkedOrganization(of broker: Key<Broker>) throws -> Bool {
        try count(
            """
            SELECT COUNT(*) FROM organization WHERE broker_id = \(broker) AND domain IS NOT NULL
            AND id NOT IN (SELECT organization_id FROM tenant_link WHERE broker_id = \(broker))
            """) > 0
    }
}
