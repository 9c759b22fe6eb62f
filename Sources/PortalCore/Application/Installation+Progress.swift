import Foundation
import PortalKit

/// How far an installation is set up, and what of it needs its administrator. Read anew at each visit: nothing is ticked off.
struct InstallationProgress: Sendable {
    struct Plugin: Sendable {
        let name: String
        let isEnabled: Bool
        let failure: String?
    }

    let plugins: [Plugin]
    /// The first of them.
    let brokers: [BrokerRecord]
    let brokersInNeed: [BrokerRecord]
    let brokerCount: Int
    /// An owner who has not accepted yet, with the broker.
    let invitation: (owner: BrokerOwner, broker: Broker)?
    let hasOwner: Bool
    let connections: (connected: Int, broken: Int)
    /// Regions in which a provider has answered a sign-in.
    let provenRegions: Set<String>

    var ready: [Plugin] { plugins.filter { $0.isEnabled && $0.failure == nil } }
    var failed: [Plugin] { plugins.filter { $0.isEnabled && $0.failure != nil } }
    var isComplete: Bool { brokerCount > 0 && hasOwner && connections.connected + connections.broken > 0 }
}

extension Portal {
    func installationProgress() throws -> InstallationProgress {
        try database.read { db in
            let records = try db.brokerRecords(limit: 20, offset: 0)
            let inNeed = try db.brokersInNeed(addresses, limit: 20)
            let ownerless = inNeed.first { $0.state == .ownerless }
            let waiting = try ownerless.flatMap { record in
                try db.owners(of: record.broker.id).first { !$0.hasAccepted && !$0.isDisabled }.map {
                    ($0, record.broker)
                }
            }
            return try InstallationProgress(
                plugins: plugins.entries.map {
                    InstallationProgress.Plugin(
                        name: $0.manifest.listing.name, isEnabled: try db.isEnabled($0.manifest.id), failure: $0.failure
                    )
                },
                brokers: records, brokersInNeed: inNeed, brokerCount: db.countBrokers(), invitation: waiting,
                hasOwner: db.count(
                    """
                    SELECT COUNT(*) FROM portal_user WHERE role = \(Role.brokerOwner)
                        AND (password <> '' OR signed_in_at IS NOT NULL)
                    """) > 0,
                connections: (
                    db.count("SELECT COUNT(*) FROM connection WHERE state = 'connected'"),
                    db.count("SELECT COUNT(*) FROM connection WHERE state = 'broken'")
                ),
                provenRegions: Set(
                    db.query(
                        """
                        SELECT DISTINCT region FROM broker JOIN connection ON connection.broker_id = broker.id
                        WHERE state <> 'none'
                        """
                    ) { try $0[0] as String }))
        }
    }
}
