import Foundation
import HTML
import Hummingbird
import PortalKit

/// The marketplace, the broker's services, and the e-store that its customers see.
enum MarketplaceRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/marketplace", .seeServices, marketplace)
        routes.get("/marketplace/:plugin", .seeServices, listing)
        routes.get("/marketplace/:plugin/steps", .manageServices, steps)
        routes.post("/marketplace/:plugin/additions", .manageServices, add)
        routes.get("/services", .seeServices, services)
        routes.get("/services/:plugin", .seeServices, overview)
        routes.get("/services/:plugin/removal", .manageServices, removal)
        routes.post("/services/:plugin/removal", .manageServices, remove)
        routes.get("/store", .seeStore, store)
    }

    private static func marketplace(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        let (added, enabled) = try visit.portal.database.read { db in
            (
                try db.services(of: broker.id, visit.portal.plugins),
                try visit.portal.plugins.entries.filter { try $0.plugin != nil && db.isEnabled($0.manifest.id) }
            )
        }
        let frame = visit.frame("Marketplace", "Services that you can offer and manage for your customers.")
        return visit.show(frame, marketplacePage(enabled, added, mayAdd: visit.may(.manageServices)))
    }

    private static func listing(_ visit: Visit) throws -> Response {
        let (entry, service) = try visit.listing()
        var frame = visit.frame(
            entry.manifest.listing.name, entry.manifest.listing.summary,
            above: [(title: "Marketplace", path: "/marketplace")])
        let path = "/marketplace/\(entry.manifest.id)/steps"
        frame.primaryAction =
            service.map { linkButton("Open in My Services", path: $0.path) }
            ?? when(visit.may(.manageServices), linkButton("Add Service", path: path))
        return visit.show(frame, listingPage(entry.manifest))
    }

    private static func steps(_ visit: Visit) throws -> Response {
        let (entry, service) = try visit.listing()
        if let service { return .seeOther(service.path) }
        let frame = visit.frame(
            "Add \(entry.manifest.listing.name)",
            "One step after the other. You can leave at any time and go on later from My Services.",
            above: [
                (title: "Marketplace", path: "/marketplace"),
                (title: entry.manifest.listing.name, path: "/marketplace/\(entry.manifest.id)"),
            ])
        return visit.show(frame, stepsPage(entry, csrf: visit.session.formToken))
    }

    private static func add(_ visit: Visit) throws -> Response {
        let (entry, _) = try visit.listing()
        let broker = try visit.broker
        try visit.portal.database.write { db in
            guard try db.addService(entry.manifest.id, to: broker.id, by: visit.user.email, at: visit.now) else {
                return
            }
            try db.audit(visit.auditLine("service.add", "plugin:\(entry.manifest.id)"), at: visit.now)
        }
        return .seeOther("/services/\(entry.manifest.id)?done=\(Done.serviceAdded.rawValue)")
    }

    private static func services(_ visit: Visit) throws -> Response {
        let scope = try visit.scope
        let services = try visit.portal.database.read { db in
            try db.services(of: scope.brokerID, visit.portal.plugins).map {
                ($0, try db.totals(of: scope, source: $0.manifest.id))
            }
        }
        return visit.show(
            visit.frame("My Services", "What you have added, and how each connection stands."), servicesPage(services))
    }

    private static func overview(_ visit: Visit) throws -> Response {
        let service = try visit.service()
        let scope = try visit.scope
        let totals = try visit.portal.database.read { try $0.totals(of: scope, source: service.manifest.id) }
        var frame = visit.frame(
            service.manifest.listing.name, service.manifest.listing.summary,
            above: [(title: "My Services", path: "/services")])
        frame.primaryAction = when(
            visit.may(.manageServices), linkButton("Remove service", path: "\(service.path)/removal", style: .quiet))
        return visit.show(frame, overviewPage(service, totals, may: visit.session.access.permissions))
    }

    private static func removal(_ visit: Visit) throws -> Response {
        let service = try visit.service()
        let scope = try visit.scope
        let totals = try visit.portal.database.read { try $0.totals(of: scope, source: service.manifest.id) }
        let frame = visit.frame(
            "Remove \(service.manifest.listing.name)",
            above: [
                (title: "My Services", path: "/services"), (title: service.manifest.listing.name, path: service.path),
            ])
        return visit.show(frame, removalPage(service, totals, csrf: visit.session.formToken))
    }

    private static func remove(_ visit: Visit) throws -> Response {
        let service = try visit.service()
        let broker = try visit.broker
        try visit.portal.database.write { db in
            if let connection = try db.connection(of: broker.id, plugin: service.manifest.id) {
                try db.disconnect(connection.id, at: visit.now)
            }
            try db.cancelJobs(of: service.manifest.id, broker: broker.id, at: visit.now)
            try db.endSetups(of: service.manifest.id, broker.id, reason: "The service was removed", at: visit.now)
            try db.removeService(service.manifest.id, from: broker.id)
            try db.audit(visit.auditLine("service.remove", "plugin:\(service.manifest.id)"), at: visit.now)
        }
        return .seeOther("/services?done=\(Done.serviceRemoved.rawValue)")
    }

    private static func store(_ visit: Visit) throws -> Response {
        let broker = try visit.broker
        let services = try visit.portal.database.read { try $0.services(of: broker.id, visit.portal.plugins) }.filter(
            \.isEnabled)
        let purpose =
            visit.may(.seeServices)
            ? "What your customers see: the services that you have added." : "Services of \(broker.name)."
        return visit.show(
            visit.frame("E-Store", purpose), storePage(services, broker, isBroker: visit.may(.seeServices)))
    }
}

extension Visit {
    /// The marketplace entry that the address names, and the broker's service when it is added.
    fileprivate func listing() throws -> (PluginRegistry.Entry, Service?) {
        guard let entry = portal.plugins[parameter("plugin")] else { throw PageError.notFound }
        let broker = try broker
        let (isEnabled, service) = try portal.database.read { db in
            (try db.isEnabled(entry.manifest.id), try db.service(entry, of: broker.id))
        }
        // What could not be built has nothing to offer.
        guard isEnabled, entry.plugin != nil else { throw PageError.pluginDisabled(entry.manifest.listing.name) }
        return (entry, service)
    }
}
