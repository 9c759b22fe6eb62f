import Foundation
import PortalKit

/// Takes a disabled broker out of every table. The job is the portal's, and outlives what it erases.
struct BrokerErasure: JobKind {
    static let name = "broker.erasure"
    let portal: Portal

    /// Of a broker that is disabled; from here there is no way back.
    static func start(_ broker: Broker, by actor: String, _ db: inout DatabaseConnection, at now: Date) throws {
        try db.execute(
            "UPDATE broker SET erasing_since = COALESCE(erasing_since, \(now)) WHERE id = \(broker.id)")
        _ = try db.start(
            NewJob(
                kind: BrokerErasure.self, title: "Erase the broker \(broker.name)", subject: broker.id.rawValue,
                payload: try JobStep.encode(Erasure.Progress(name: broker.name)),
                total: BrokerTable.all(of: broker.id).reduce(0) { try $0 + db.count($1) }, startedBy: actor),
            at: now)
    }

    func step(_ job: Job) async throws -> JobStep {
        let broker: Key<Broker> = Key(job.subject)
        return try Erasure(portal: portal, tables: BrokerTable.all(of: broker)).step(job) { db in
            try db.execute("DELETE FROM broker WHERE id = \(broker) AND erasing_since IS NOT NULL")
            try db.forgetChain(of: broker)
        }
    }
}
