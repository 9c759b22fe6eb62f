import Foundation
import PortalKit

/// The made-up companies and people of practice mode.
package enum DemoWorld {
    /// Of every demo account.
    package static let password = "gatehouse-practice"

    static let acme = Broker(id: "broker-acme", name: "Acme Cloud", region: "eu")
    static let liberty = Broker(id: "broker-liberty", name: "Liberty IT", region: "us")
    static let northgate: Key<Organization> = "organization-northgate"

    /// Puts the demo world into an empty database; a second call changes nothing.
    package static func seed(_ portal: Portal) throws {
        let hash = try PasswordHash(password: password, cost: portal.passwordCost)
        let now = portal.now
        try portal.database.write { db in
            guard try db.count("SELECT COUNT(*) FROM portal_user") == 0 else { return }
            for broker in [acme, liberty] { try db.insert(broker, at: now) }
            try db.insert(brandedHost: "shop.acme.localhost", of: acme.id)
            try db.insert(
                Organization(
                    id: northgate, brokerID: acme.id, name: "Northgate Bakery", domain: "northgate.example",
                    createdAt: now))
            for user in people { try db.insert(user, password: hash, at: now) }
            try db.audit(AuditLine(actor: "portal", action: "practice.seed", object: "portal:demo"), at: now)
        }
    }

    private static let people = [
        person("admin@gatehouse.example", "Ada Admin", .portalAdministrator),
        person("owner@acme.example", "Olivia Owner", .brokerOwner, acme.id),
        person("manager@acme.example", "Mia Manager", .brokerManager, acme.id),
        person("support@acme.example", "Sam Support", .brokerSupport, acme.id),
        person("billing@acme.example", "Bo Billing", .brokerBilling, acme.id),
        person("access@acme.example", "Alex Access", .providerAccessAdministrator, acme.id),
        person("owner@liberty.example", "Leo Liberty", .brokerOwner, liberty.id),
        person("anna@northgate.example", "Anna Northgate", .customerAdministrator, acme.id, northgate),
        person("carl@northgate.example", "Carl Northgate", .customerUser, acme.id, northgate),
    ]

    private static func person(
        _ email: String, _ name: String, _ role: Role, _ broker: Key<Broker>? = nil,
        _ organization: Key<Organization>? = nil
    ) -> User {
        User(
            id: Key("user-\(email)"), email: email, name: name, role: role, brokerID: broker,
            organizationID: organization, isDemo: true)
    }
}
