import Foundation
import PortalKit

/// Durable work: a row that a worker leases, performs a step of, and commits.
struct Job: Sendable {
    let id: Key<Job>
    let brokerID: Key<Broker>?
    let pluginID: Key<PluginManifest>?
    let kind: String
    let title: String
    /// What the job is about; one unfinished job a kind and subject.
    let subject: String
    let version: Int
    /// The kind's own state, as JSON.
    let payload: String
    let state: State
    /// Why it waits or is parked; what it did, once it succeeded.
    let reason: String?
    let problem: Problem?
    let lease: Int
    /// Times that a step was begun and not committed.
    let attempts: Int
    /// Times that the present step has failed in a way that may pass.
    let tries: Int
    let wakeAt: Date
    let done: Int
    let total: Int?
    let item: String?
    let cancelRequested: Bool
    let startedBy: String
    let createdAt: Date
    let startedAt: Date?
    let finishedAt: Date?

    enum State: String, Sendable, CaseIterable, SQLConvertible {
        case queued, running, waiting, parked, succeeded, failed, cancelled

        var isFinal: Bool { self == .succeeded || self == .failed || self == .cancelled }
    }

    /// Why a job stands still, for those who take it up again.
    enum ParkedFor: String, Sendable, SQLConvertible {
        case pluginOff = "plugin-off"
        case newerRelease = "newer-release"
        case crashes
        /// Its outside effects since the backup are not known.
        case restore
        case brokerOff = "broker-off"
    }

    static let selection: SQL = """
        SELECT id, broker_id, plugin_id, kind, title, subject, version, payload, state, reason, problem, lease, attempts, tries,
               wake_at, done, total, item, cancel_requested, started_by, created_at, started_at, finished_at FROM job
        """

    init(row: Row) throws {
        id = try row[0]
        brokerID = try row[1]
        pluginID = try row[2]
        kind = try row[3]
        title = try row[4]
        subject = try row[5]
        version = try row[6]
        payload = try row[7]
        state = try row[8]
        reason = try row[9]
        problem = try (row[10] as JSONColumn<Problem>?)?.value
        lease = try row[11]
        attempts = try row[12]
        tries = try row[13]
        wakeAt = try row[14]
        done = try row[15]
        total = try row[16]
        item = try row[17]
        cancelRequested = try row[18]
        startedBy = try row[19]
        createdAt = try row[20]
        startedAt = try row[21]
        finishedAt = try row[22]
    }
}
