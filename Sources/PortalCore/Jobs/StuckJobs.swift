import PortalKit
import Synchronization

/// Leases that this process holds and does not work on. A restart would release them; this does so without one.
final class StuckJobs: Sendable {
    private let leases = Mutex<[Key<Job>: Int]>([:])

    func note(_ job: Job) {
        leases.withLock { $0[job.id] = job.lease }
    }

    /// Puts them back, as far as the database takes it.
    func release(in database: Database) throws {
        for (id, lease) in leases.withLock({ $0 }) {
            try database.write { db in
                try db.execute("UPDATE job SET state = 'queued' WHERE id = \(id) AND lease = \(lease) AND state = 'running'")
            }
            leases.withLock { $0[id] = nil }
        }
    }
}
