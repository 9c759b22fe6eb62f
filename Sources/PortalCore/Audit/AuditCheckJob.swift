import Foundation
import PortalKit

/// Goes through one chain or all, some thousand lines a step, and keeps what it found.
struct AuditCheckJob: JobKind {
    static let name = "audit.check"
    static let leavesAuditLines = false
    let portal: Portal

    private struct Progress: Codable {
        var check: AuditCheck?
        /// Those still to come.
        var chains: [String]
        var broken = 0
        var checked = 0
    }

    /// - Parameter chain: `nil` for all.
    static func start(_ chain: String?, by actor: String, _ db: inout DatabaseConnection, at now: Date) throws -> Key<
        Job
    > {
        let chains = try chain.map { [$0] } ?? db.auditChains()
        return try db.start(
            NewJob(
                kind: AuditCheckJob.self, title: "Check the audit", subject: chain ?? "all",
                payload: try JobStep.encode(Progress(chains: chains)), total: chains.count, startedBy: actor), at: now)
    }

    func step(_ job: Job) async throws -> JobStep {
        var progress = try JobStep.decode(Progress.self, from: job)
        if progress.check == nil {
            guard let chain = progress.chains.first else { return finished(progress) }
            progress.chains.removeFirst()
            progress.check = AuditCheck(chain: chain)
        }
        guard var check = progress.check else { return finished(progress) }
        let now = portal.now
        let finding = try portal.database.read { try check.advance(&$0, at: now) }
        progress.check = finding == nil ? check : nil
        if let finding {
            progress.checked += 1
            progress.broken += finding.isWhole ? 0 : 1
        }
        let actor = job.startedBy
        return JobStep(outcome: .more, payload: try JobStep.encode(progress), done: progress.checked) { db in
            guard let finding else { return }
            try db.note(finding)
            // A night's check that finds nothing is no news.
            guard !finding.isWhole || actor != "portal" else { return }
            let broker: Key<Broker>? = finding.chain == AuditChain.portal ? nil : Key(finding.chain)
            let isThere = try broker.map { try db.broker($0) != nil } ?? true
            try db.audit(
                AuditLine(
                    brokerID: isThere ? broker : nil, actor: actor, action: "audit.check",
                    object: "audit:\(finding.chain)", detail: ["result": finding.words],
                    outcome: finding.isWhole ? .done : .refused), at: now)
        }
    }

    private func finished(_ progress: Progress) -> JobStep {
        JobStep(
            outcome: .finished(
                progress.broken == 0
                    ? "\(counted(progress.checked, "chain")) checked, all whole."
                    : "\(counted(progress.broken, "chain is", "chains are")) not whole."))
    }
}
