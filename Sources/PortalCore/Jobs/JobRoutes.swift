import Foundation
import HTML
import Hummingbird
import PortalKit

/// The broker's jobs: what works, what waits, what came of it.
enum JobRoutes {
    private static let listLength = 100

    static func add(to routes: inout RouteTable) {
        routes.get("/jobs", .seeJobs, list)
        routes.get("/jobs/rows", .seeJobs, rows)
        routes.get("/jobs/:job", .seeJobs, job)
        routes.get("/jobs/:job/progress", .seeJobs, progress)
        routes.post("/jobs/:job/cancellation", .manageJobs, cancel)
        routes.post("/jobs/:job/retry", .manageJobs, retry)
    }

    private static func list(_ visit: Visit) throws -> Response {
        let jobs = try visit.jobs(limit: listLength)
        var frame = visit.frame("Jobs", "Work that goes on whether you look or not, newest first.")
        let content = jobListPage(jobs, now: visit.now)
        guard jobs.contains(where: { !$0.state.isFinal }) else { return visit.show(frame, content) }
        frame.refreshSeconds = 5
        return visit.show(frame, live("/jobs/rows", content))
    }

    private static func rows(_ visit: Visit) throws -> Response {
        let jobs = try visit.jobs(limit: listLength)
        return .fragment(jobListPage(jobs, now: visit.now), isDone: jobs.allSatisfy(\.state.isFinal))
    }

    private static func job(_ visit: Visit) throws -> Response {
        let job = try visit.job()
        let skipped = try visit.portal.database.read { try $0.skippedItems(of: job.id) }
        var frame = visit.frame(job.title, above: [(title: "Jobs", path: "/jobs")])
        if !job.state.isFinal { frame.refreshSeconds = 2 }
        let content = jobProgress(job, now: visit.now)
        return visit.show(
            frame,
            """
            \(job.state.isFinal ? content : live("/jobs/\(job.id)/progress", reloads: true, content))
            \(when(visit.may(.manageJobs), jobActions(job, csrf: visit.session.formToken)))
            \(when(!skipped.isEmpty, skippedTable(skipped)))
            \(jobFacts(job, visit.portal.plugins, now: visit.now))
            """)
    }

    private static func progress(_ visit: Visit) throws -> Response {
        let job = try visit.job()
        return .fragment(jobProgress(job, now: visit.now, withResult: false), isDone: job.state.isFinal)
    }

    private static func cancel(_ visit: Visit) throws -> Response {
        let job = try visit.job()
        try visit.portal.database.write { db in
            try db.requestCancellation(of: job, at: visit.now)
            try db.audit(visit.auditLine("job.cancel", "job:\(job.id)", ["title": job.title]), at: visit.now)
        }
        return .seeOther("/jobs/\(job.id)?done=\(Done.jobCancelled.rawValue)")
    }

    private static func retry(_ visit: Visit) throws -> Response {
        let job = try visit.job()
        let started = try visit.portal.database.write { db in
            guard try db.retry(job, at: visit.now) else { return false }
            try db.audit(visit.auditLine("job.retry", "job:\(job.id)", ["title": job.title]), at: visit.now)
            return true
        }
        guard started else {
            throw PageError.stale("The job is running, has ended well, or another one does the same work by now.")
        }
        return .seeOther("/jobs/\(job.id)?done=\(Done.jobRetried.rawValue)")
    }
}

extension Visit {
    fileprivate func jobs(limit: Int) throws -> [Job] {
        let broker = try broker
        return try portal.database.read { try $0.jobs(of: broker.id, limit: limit) }
    }

    fileprivate func job() throws -> Job {
        let broker = try broker
        guard let job = try portal.database.read({ try $0.job(parameter("job"), of: broker.id) }) else {
            throw PageError.notFound
        }
        return job
    }
}

extension Job {
    /// Whether starting it again at its step makes sense. A proof has used up its answer.
    var isRetriable: Bool { (state == .failed || (state == .parked && problem != nil)) && kind != ProofJob.name }
}

extension DatabaseConnection {
    /// Ends at once what stands still; what runs ends after its step.
    mutating func requestCancellation(of job: Job, at now: Date) throws {
        try execute("UPDATE job SET cancel_requested = TRUE WHERE id = \(job.id) AND finished_at IS NULL")
        try execute(
            "UPDATE job SET wake_at = \(now), state = 'queued' WHERE id = \(job.id) AND state IN ('waiting', 'parked')")
    }

    mutating func cancelJobs(of plugin: Key<PluginManifest>, broker: Key<Broker>, at now: Date) throws {
        let open = try query(
            "\(Job.selection) WHERE broker_id = \(broker) AND plugin_id = \(plugin) AND finished_at IS NULL",
            Job.init(row:))
        for job in open { try requestCancellation(of: job, at: now) }
    }

    mutating func retry(_ job: Job, at now: Date) throws -> Bool {
        guard job.isRetriable, try unfinished(like: job) == 0 else { return false }
        return try execute(
            """
            UPDATE job SET state = 'queued', wake_at = \(now), attempts = 0, tries = 0, problem = NULL, reason = NULL, parked_for = NULL,
                finished_at = NULL, cancel_requested = FALSE
            WHERE id = \(job.id) AND lease = \(job.lease) AND state IN ('failed', 'parked')
            """) == 1
    }

    private mutating func unfinished(like job: Job) throws -> Int {
        try count(
            "SELECT COUNT(*) FROM job WHERE kind = \(job.kind) AND subject = \(job.subject) AND finished_at IS NULL AND id <> \(job.id)"
        )
    }
}
