import Foundation
import Logging
import PortalKit
import ServiceLifecycle

/// Performs the jobs that are due, two at a time. What a killed process was at is performed again from its last commit.
package struct JobRunner: ServiceLifecycle.Service {
    private static let kinds: [any JobKind.Type] = [
        ProofJob.self, DiscoveryJob.self, LinkJob.self, ExaminationJob.self, MailJob.self, SSOCheckJob.self,
        BrokerErasure.self, ServiceErasure.self, AuditCheckJob.self, IntakeJob.self, SetupJob.self, AccessCheckJob.self,
        ConnectionCheckJob.self,
    ]
    private static let attemptsBeforeParking = 3
    private static let triesBeforeFailing = 8
    let portal: Portal

    package init(portal: Portal) {
        self.portal = portal
    }

    package func run() async throws {
        try recover()
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<2 { group.addTask { await work() } }
                group.addTask { await tidy() }
                group.addTask { await startNightlyWork() }
                group.addTask { await watchSingleSignOn() }
                group.addTask { await keepHouseDaily() }
            }
        }
    }

    static func kind(named name: String) -> (any JobKind.Type)? { kinds.first { $0.name == name } }

    package func recover() throws {
        try portal.database.write { try $0.releaseOrphanedJobs() }
    }

    private func work() async {
        while !Task.isCancelled {
            if await !runNext() { try? await Task.sleep(for: .milliseconds(200)) }
        }
    }

    private func tidy() async {
        while !Task.isCancelled {
            let now = portal.now
            do {
                try portal.database.write { db in
                    try db.deleteExpiredSessions(portal.configuration.sessionLimits, now: now)
                    try db.endAbandonedAttempts(portal.vault, now: now)
                }
                try portal.noteSealings()
            } catch {
                portal.logger.error("what has expired could not be deleted", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(300))
        }
    }

    private func keepHouseDaily() async {
        while !Task.isCancelled {
            do {
                try await keepHouse()
            } catch is CancellationError {
                return
            } catch {
                portal.logger.error("what is old could not be deleted", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(600))
        }
    }

    private func startNightlyWork() async {
        while !Task.isCancelled {
            do {
                try startDueNightlyWork()
            } catch {
                portal.logger.error("the night's work could not be started", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(30))
        }
    }

    private func watchSingleSignOn() async {
        while !Task.isCancelled {
            do {
                try SSOWatch(portal: portal).run()
            } catch {
                portal.logger.error("single sign-on could not be looked after", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: .seconds(2))
        }
    }

    /// Ends pauses whose time has run out, as ``run()`` does by itself.
    package func watchSingleSignOnOnce() throws { try SSOWatch(portal: portal).run() }

    /// Starts what is due at night, as ``run()`` does by itself.
    package func startDueNightlyWork() throws {
        try NightlyReading(portal: portal).startDue()
        try NightlyAccessCheck(portal: portal).startDue()
    }

    /// Performs one step of one due job.
    ///
    /// - Returns: whether there was one; not after a failure of the portal's own, so that nobody runs in circles.
    @discardableResult
    package func runNext() async -> Bool {
        let now = portal.now
        do {
            try portal.stuckJobs.release(in: portal.database)
            let (isDue, settings) = try portal.database.read { try ($0.hasDueJob(now: now), $0.settingsVersion()) }
            try portal.builtPlugins.follow(settings)
            guard isDue, let id = try portal.database.write({ try $0.leaseJob(now: now) }), let job = try leased(id)
            else { return false }
            do {
                try await perform(job)
                return true
            } catch {
                portal.stuckJobs.note(job)
                throw error
            }
        } catch {
            portal.logger.error("a job could not be run", metadata: ["error": "\(String(reflecting: error))"])
            return false
        }
    }

    /// The leased job. One that can't be read, written by a newer release perhaps, is parked.
    private func leased(_ id: Key<Job>) throws -> Job? {
        do {
            return try portal.database.read { try $0.job(id) }
        } catch DatabaseError.unreadable {
            try portal.database.write { try $0.parkUnreadable(id) }
            return nil
        }
    }

    private func perform(_ job: Job) async throws {
        let type = Self.kind(named: job.kind)
        let kind = type?.init(portal: portal)
        if job.cancelRequested {
            return try end(job, .cancelled, reason: "Cancelled. What was done before stays done.", problem: nil, kind)
        }
        guard let type, let kind, job.version <= type.version else {
            return try park(job, for: .newerRelease, reason: "It needs a newer release of this portal.")
        }
        guard job.attempts <= Self.attemptsBeforeParking else {
            return try park(
                job, for: .crashes, reason: "It was cut off three times at the same step.", problem: Self.crashProblem)
        }
        if let broker = job.brokerID, try portal.database.read({ try $0.isDisabled(broker) }) {
            return try park(job, for: .brokerOff, reason: BrokerDisabled.reason)
        }
        if let plugin = job.pluginID, try !portal.database.read({ try $0.isEnabled(plugin) }) {
            return try park(job, for: .pluginOff, reason: Self.disabledReason)
        }
        do {
            try commit(try await kind.step(job), of: job, kind)
        } catch let busy as ProviderBusy {
            try rest(job, until: busy.until, reason: reason(for: busy, job), tries: job.tries)
        } catch is PluginDisabled {
            try park(job, for: .pluginOff, reason: Self.disabledReason)
        } catch is BrokerDisabled {
            try park(job, for: .brokerOff, reason: BrokerDisabled.reason)
        } catch is CancellationError {
            try rest(job, until: portal.now, reason: "The portal was restarted.", tries: job.tries)
        } catch let problem as Problem where problem.remedy == .retry && job.tries < Self.triesBeforeFailing {
            let next = portal.now + Self.backOff(job.tries)
            try rest(
                job, until: next, reason: "\(problem.title). The next try is at \(UTCTime(next).clock) UTC.",
                tries: job.tries + 1)
        } catch let problem as Problem {
            try end(job, .failed, reason: nil, problem: problem, kind)
        } catch let error as DatabaseError where error == .full || error == .busy {
            try rest(job, until: portal.now + 30, reason: "The database takes nothing at present.", tries: job.tries)
        } catch let failed as PluginFailed {
            portal.note(failed, reference: job.id.rawValue)
            try end(job, .failed, reason: nil, problem: pluginProblem(failed, job), kind)
        } catch {
            portal.logger.error(
                "a step of a job failed",
                metadata: ["job": "\(job.id)", "kind": "\(job.kind)", "error": "\(String(reflecting: error))"])
            try end(job, .failed, reason: nil, problem: Self.internalProblem(job), kind)
        }
    }

    private func commit(_ step: JobStep, of job: Job, _ kind: any JobKind) throws {
        let now = portal.now
        try portal.database.write { db in
            guard try db.commit(step, of: job) else { return }
            switch step.outcome {
            case .more, .waiting: break
            case .finished(let summary):
                _ = try db.finish(job, .succeeded, reason: summary, problem: nil, at: now)
                if type(of: kind).asksPlugin, let plugin = job.pluginID { try db.clearFault(of: plugin) }
            case .failed(let problem): try end(job, .failed, reason: nil, problem: problem, kind, &db, at: now)
            }
        }
    }

    private func end(_ job: Job, _ state: Job.State, reason: String?, problem: Problem?, _ kind: (any JobKind)?) throws
    {
        let now = portal.now
        try portal.database.write { try end(job, state, reason: reason, problem: problem, kind, &$0, at: now) }
    }

    /// Ends the job without success, if it is still this lease's.
    private func end(
        _ job: Job, _ state: Job.State, reason: String?, problem: Problem?, _ kind: (any JobKind)?,
        _ db: inout DatabaseConnection, at now: Date
    ) throws {
        guard try db.finish(job, state, reason: reason, problem: problem, at: now) else { return }
        try kind?.ended(job, problem, &db, at: now)
    }

    private func rest(_ job: Job, until: Date, reason: String, tries: Int) throws {
        try portal.database.write { try $0.rest(job, until: until, reason: reason, tries: tries) }
    }

    private func park(_ job: Job, for cause: Job.ParkedFor, reason: String, problem: Problem? = nil) throws {
        try portal.database.write { try $0.park(job, for: cause, reason: reason, problem: problem) }
    }

    private func reason(for busy: ProviderBusy, _ job: Job) -> String {
        let provider = job.pluginID.flatMap { portal.plugins[$0]?.manifest.provider } ?? "The provider"
        return switch busy.cause {
        case .asked: "\(provider) asks us to wait until \(UTCTime(busy.until).clock) UTC."
        case .failing:
            "\(provider) has failed several times in a row; it is left alone until \(UTCTime(busy.until).clock) UTC."
        }
    }

    /// 2, 4, 8 … at most 300 seconds.
    private static func backOff(_ tries: Int) -> TimeInterval {
        min(300, pow(2, Double(tries + 1)))
    }

    private static let disabledReason =
        "The plugin is switched off. The job goes on where it stands when the plugin is enabled again."

    private static let crashProblem = Problem(
        title: "The portal stopped three times at this step",
        explanation: "Each time the step was begun and not ended.",
        nextStep: "Tell your portal administrator; Retry starts the step once more.", actor: .portalAdministrator)

    private func pluginProblem(_ failed: PluginFailed, _ job: Job) -> Problem {
        let name = portal.plugins[failed.plugin]?.manifest.listing.name ?? failed.plugin.rawValue
        return Problem(
            title: "\(name) failed at this step",
            explanation:
                "Its part of this portal failed. What was committed before stays, and everything else works on.",
            nextStep:
                "Give the job's id to your portal administrator, who sees it on the page of the plugin; Retry starts the step once more.",
            actor: .portalAdministrator, facts: [Problem.Fact("Job", job.id.rawValue)])
    }

    private static func internalProblem(_ job: Job) -> Problem {
        Problem(
            title: "The portal failed at this step",
            explanation: "The fault is the portal's own. What was committed before stays.",
            nextStep:
                "Give the job's id to your portal administrator, who finds the cause in the log; Retry starts the step once more.",
            actor: .portalAdministrator, facts: [Problem.Fact("Job", job.id.rawValue)])
    }
}
