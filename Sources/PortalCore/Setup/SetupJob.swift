import Foundation
import PortalKit

/// Performs the steps that make a tenant usable, one after the other, and waits for people in between, for as long as it takes.
struct SetupJob: JobKind {
    static let name = "tenants.setup"
    static let leavesAuditLines = false
    let portal: Portal

    /// A wait that nothing but an event can end is looked at once a day all the same.
    private static let longestWait: TimeInterval = 86_400

    func step(_ job: Job) async throws -> JobStep {
        guard let request = try portal.performRequest(job.subject, step: nil) else {
            return JobStep(outcome: .finished("The tenant is not set up any more."))
        }
        guard request.setup.state == .running else { return JobStep(outcome: .finished("There is nothing to do.")) }
        let workflow = try portal.workflow(of: request.setup)
        let performed = try await workflow.perform(request)
        return try commit(performed, request, workflow, job)
    }

    func ended(_ job: Job, _ problem: Problem?, _ db: inout DatabaseConnection, at now: Date) throws {
        guard let (tenant, plugin) = StoredSetup.parts(of: job.subject), let setup = try db.setup(of: tenant, plugin)
        else { return }
        guard let problem else {
            guard setup.state == .running else { return }
            return try db.stop(setup, reason: "Cancelled", at: now)
        }
        let event = newID()
        try db.put(
            SetupStepRow(
                step: setup.step, state: .failed, since: now, sentence: nil, wait: nil, nextLookAt: nil,
                setback: Setback(.notProved, problem), eventID: event),
            of: setup)
        try db.audit(
            setup.line("setup.fail", ["step": setup.step, "problem": problem.title, "event": event]), at: now)
    }

    private func commit(
        _ performed: PerformedStep, _ request: PerformRequest, _ workflow: any Workflow, _ job: Job
    ) throws -> JobStep {
        let (setup, now, events, vault) = (request.setup, portal.now, request.events, portal.vault)
        let names = workflow.stepNames
        let place = names.firstIndex(of: setup.step) ?? 0
        let next = performed.next(after: setup.step, in: names)
        let state: StoredSetup.State = next == nil ? .done : .running
        let region = request.access.broker.region
        var step = JobStep(
            outcome: .more, done: place + (next == setup.step ? 0 : 1), total: names.count,
            item: workflow.text(of: next ?? setup.step)?.title)
        var wait: Wait?
        switch performed.outcome {
        case .done, .more, .back: if next == nil { step.outcome = .finished("\(request.tenant.name) is set up.") }
        case .waiting(let told), .asking(_, _, let told, _):
            wait = told
            step.outcome = .waiting(until: try nextLook(told, setup, now), reason: told.reason)
        }
        let look: Date? =
            if case .waiting(let until, _) = step.outcome, wait?.poll != nil { until } else { nil }
        step.commit = { db in
            guard
                try db.advance(
                    setup, to: next ?? setup.step, work: performed.work, version: performed.version, state: state,
                    at: now)
            else { return }
            try db.forget(events)
            try db.note(performed, of: setup, names, nextLookAt: look, at: now)
            try db.apply(performed, to: setup, vault, at: now)
            if state == .done { try db.checkNightly(setup, region: region, now: now) }
            // Told while the step was performed: nobody else would wake the job.
            if try db.hasEvents(of: setup, at: next ?? setup.step) {
                try db.wake(SetupJob.self, subject: setup.subject, at: now)
            }
        }
        return step
    }

    /// Rarer the longer the step has waited.
    private func nextLook(_ wait: Wait, _ setup: StoredSetup, _ now: Date) throws -> Date {
        guard let poll = wait.poll else { return now + Self.longestWait }
        let (row, isAwaited) = try portal.database.read { db in
            (
                try db.steps(of: setup).first { $0.step == setup.step },
                try db.count(
                    """
                    SELECT COUNT(*) FROM setup_event WHERE tenant_id = \(setup.tenantID) AND plugin_id = \(setup.pluginID)
                        AND step <> \(setup.step)
                    """) > 0
            )
        }
        // A later step's answer is there already, and does not keep for long.
        guard !isAwaited else { return now + poll.first }
        let since = row?.state == .waiting ? row?.since ?? now : now
        return now + poll.pause(after: now.timeIntervalSince(since))
    }
}

extension PerformedStep {
    /// The step at which the set-up goes on; `nil` at its end.
    func next(after step: String, in names: [String]) -> String? {
        switch outcome {
        case .done: names.firstIndex(of: step).flatMap { names.indices.contains($0 + 1) ? names[$0 + 1] : nil }
        case .more, .waiting, .asking: step
        case .back(let to, _): to
        }
    }

    /// One sentence of what is so now.
    var sentence: String {
        switch outcome {
        case .done(let sentence): sentence
        case .more: ""
        case .waiting(let wait), .asking(_, _, let wait, _): wait.reason
        case .back(_, let setback): setback.problem.title
        }
    }
}

extension StoredSetup {
    /// Tenant and plugin of a job's subject.
    static func parts(of subject: String) -> (Key<StoredTenant>, Key<PluginManifest>)? {
        let parts = subject.split(separator: ":", maxSplits: 1)
        return parts.count == 2 ? (Key(String(parts[0])), Key(String(parts[1]))) : nil
    }

    func line(_ action: String, _ detail: [String: String] = [:], by actor: String = "portal") -> AuditLine {
        AuditLine(
            brokerID: brokerID, actor: actor, action: action, object: "tenant:\(tenantID)",
            detail: detail.merging(["plugin": pluginID.rawValue]) { mine, _ in mine })
    }
}

extension Portal {
    /// - Throws: ``Problem`` where the plugin is not there, or not able to.
    func workflow(of setup: StoredSetup) throws -> any Workflow {
        guard let workflow = plugins[setup.pluginID]?.tenantSetup?.setup else {
            throw Problem(
                title: "The plugin does not work", explanation: "It can't be asked for the steps of this set-up.",
                nextStep: "Ask your portal administrator; the set-up goes on where it stands.",
                actor: .portalAdministrator)
        }
        return workflow
    }

    /// - Parameter step: `nil` for the present one.
    func performRequest(_ subject: String, step: String?) throws -> PerformRequest? {
        guard let (tenantID, pluginID) = StoredSetup.parts(of: subject), let plugin = plugins[pluginID]?.plugin else {
            return nil
        }
        return try database.read { db in
            guard let setup = try db.setup(of: tenantID, pluginID), let broker = try db.broker(setup.brokerID),
                let tenant = try db.tenant(tenantID, of: .whole(setup.brokerID)),
                let connection = try db.connection(of: setup.brokerID, plugin: pluginID)
            else { return nil }
            return PerformRequest(
                portal: self, setup: setup, step: step ?? setup.step,
                tenant: SetupTenant(key: tenant.key, name: tenant.name, intake: setup.intake),
                access: ProviderAccess(
                    portal: self, plugin: plugin, broker: broker, connection: connection.id, tenant: tenantID),
                events: step == nil ? try db.events(of: setup, vault) : [],
                hasAskedBefore: try db.hasAsked(
                    StoredSetup.claim(tenant.key.namespace, tenant.key.id), setup.brokerID))
        }
    }
}
