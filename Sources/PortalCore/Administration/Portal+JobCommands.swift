import Foundation
import PortalKit

/// Jobs by the command line, of all brokers.
extension Portal {
    private struct JobRow: Codable {
        let id: String
        let state: String
        let title: String
        let broker: String?
        let plugin: String?
        let reason: String?
        let done: Int
        let total: Int?
        let createdAt: Date

        var progress: String { total.map { "\(done)/\($0)" } ?? "\(done)" }
    }

    func listJobs(state: String?) throws -> AdminAnswer {
        let wanted = try state.map { name in
            guard let state = Job.State(rawValue: name) else {
                let known = Job.State.allCases.map(\.rawValue).joined(separator: ", ")
                throw AdminProblem("There is no state \"\(name)\". They are: \(known).")
            }
            return state
        }
        let filter: SQL = if let wanted { "state = \(wanted)" } else { "finished_at IS NULL" }
        let jobs = try database.read { db in
            try db.query("\(Job.selection) WHERE \(filter) ORDER BY created_at DESC, id DESC LIMIT 500", Job.init(row:))
        }
        let rows = jobs.map { job in
            JobRow(
                id: job.id.rawValue, state: job.state.rawValue, title: job.title, broker: job.brokerID?.rawValue,
                plugin: job.pluginID?.rawValue, reason: job.reason ?? job.problem?.title, done: job.done,
                total: job.total, createdAt: job.createdAt)
        }
        return try AdminAnswer(rows, empty: "There is none.") {
            [$0.id, $0.state, $0.broker ?? "-", $0.progress, $0.title, $0.reason ?? ""]
        }
    }

    func retryJob(id: String, _ person: Operator) throws -> AdminAnswer {
        let now = now
        try database.write { db in
            let job = try db.job(named: id)
            guard try db.retry(job, at: now) else {
                throw AdminProblem(
                    "The job is \(job.state.rawValue), and another try makes no sense: it runs, has ended well, needs a new sign-in, or another job does the same work."
                )
            }
            try db.audit(person.line("job.retry", of: job), at: now)
        }
        return try AdminAnswer(done: "The job starts again at the step where it stood.")
    }

    func cancelJob(id: String, _ person: Operator) throws -> AdminAnswer {
        let now = now
        try database.write { db in
            let job = try db.job(named: id)
            guard !job.state.isFinal else { throw AdminProblem("The job has ended already: \(job.state.rawValue).") }
            try db.requestCancellation(of: job, at: now)
            try db.audit(person.line("job.cancel", of: job), at: now)
        }
        return try AdminAnswer(done: "The job ends after its present step. What was done stays done.")
    }

    /// Lets jobs go on that a restore has parked.
    func releaseJobs(id: String?, _ person: Operator) throws -> AdminAnswer {
        let now = now
        let released = try database.write { db in
            let jobs =
                if let id { [try db.job(named: id)] } else {
                    try db.query(
                        "\(Job.selection) WHERE state = 'parked' AND parked_for = \(Job.ParkedFor.restore)",
                        Job.init(row:))
                }
            for job in jobs {
                let changed = try db.execute(
                    """
                    UPDATE job SET state = 'queued', parked_for = NULL, reason = NULL, wake_at = \(now)
                    WHERE id = \(job.id) AND state = 'parked' AND parked_for = \(Job.ParkedFor.restore)
                    """)
                guard changed == 1 else {
                    throw AdminProblem("The job does not wait for a release: it is \(job.state.rawValue).")
                }
                try db.audit(person.line("job.release", of: job), at: now)
            }
            return jobs.count
        }
        return try AdminAnswer(done: released == 1 ? "1 job goes on." : "\(released) jobs go on.")
    }
}

extension Operator {
    fileprivate func line(_ action: String, of job: Job) -> AuditLine {
        var line = line(action, "job:\(job.id)", ["title": job.title])
        line.brokerID = job.brokerID
        return line
    }
}

extension DatabaseConnection {
    fileprivate mutating func job(named id: String) throws -> Job {
        guard let job = try job(Key(id)) else {
            throw AdminProblem("There is no job \(id). `gatehouse job list` names those that have not ended.")
        }
        return job
    }
}
