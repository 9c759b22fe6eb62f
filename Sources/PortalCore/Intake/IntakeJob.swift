import Foundation
import PortalKit

/// Looks a tenant up at the provider, before anything is added.
struct IntakeJob: JobKind {
    static let name = "tenants.intake"
    static let leavesAuditLines = false
    let portal: Portal

    func step(_ job: Job) async throws -> JobStep {
        guard let brokerID = job.brokerID, let pluginID = job.pluginID, let entry = portal.plugins[pluginID],
            let plugin = entry.tenantIntake,
            let (intake, broker, connection) = try portal.database.read({
                db -> (StoredIntake, Broker, StoredConnection)? in
                guard let intake = try db.intake(Key(job.subject), of: brokerID), let broker = try db.broker(brokerID),
                    let connection = try db.connection(of: brokerID, plugin: pluginID)
                else { return nil }
                return (intake, broker, connection)
            })
        else { return JobStep(outcome: .failed(Self.vanished)) }
        let access = ProviderAccess(portal: portal, plugin: plugin, broker: broker, connection: connection.id)
        let finding = try await portal.asking(pluginID) { try await plugin.look(intake.form, access) }
        return JobStep(
            outcome: .finished(finding.tenant.map { "Found \($0.inPlainText.name)." } ?? "It was not found."), done: 1,
            total: 1
        ) { db in
            try db.execute("UPDATE intake SET finding = \(JSONColumn(finding)) WHERE id = \(intake.id)")
        }
    }

    func ended(_ job: Job, _ problem: Problem?, _ db: inout DatabaseConnection, at now: Date) throws {
        let told = problem ?? Self.cancelled
        try db.execute("UPDATE intake SET problem = \(JSONColumn(told)) WHERE id = \(job.subject)")
        if problem?.remedy == .signInAgain, let brokerID = job.brokerID, let plugin = job.pluginID,
            let connection = try db.connection(of: brokerID, plugin: plugin)
        {
            try portal.breakConnection(connection.id, of: brokerID, plugin, cause: told, &db, at: now)
        }
    }

    private static let vanished = Problem(
        title: "The service is not connected", explanation: "Without a sign-in nothing can be looked up.",
        nextStep: "Connect the service, and add the tenant again.", actor: .broker)

    private static let cancelled = Problem(
        title: "The look was cancelled", explanation: "Nothing was added.", nextStep: "Add the tenant again.",
        actor: .broker)
}
