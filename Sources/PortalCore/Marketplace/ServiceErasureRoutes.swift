import Foundation
import HTML
import Hummingbird
import PortalKit

/// Removing a service with everything that it has read, for who wants nothing kept.
enum ServiceErasureRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/services/:plugin/erasure", .manageServices) { try show($0) }
        routes.post("/services/:plugin/erasure", .manageServices, needs: .recentProof, erase)
    }

    private static func show(_ visit: Visit, typed: String = "", problem: String? = nil) throws -> Response {
        let service = try visit.service()
        let broker = try visit.broker
        let reach = try visit.portal.database.read { try $0.erasable(service.manifest, of: broker.id) }
        var frame = visit.frame(
            "Remove and erase \(service.manifest.listing.name)",
            above: [
                (title: "My Services", path: "/services"), (title: service.manifest.listing.name, path: service.path),
            ])
        frame.hasErrors = problem != nil
        return visit.show(
            frame, status: problem == nil ? .ok : .unprocessableContent,
            serviceErasurePage(service, reach, typed: typed, problem: problem, csrf: visit.session.formToken))
    }

    private static func erase(_ visit: Visit) throws -> Response {
        let service = try visit.service()
        let broker = try visit.broker
        let plugin = service.manifest.id
        let typed = (visit.form["name"] ?? "").plainLine
        guard typed == service.manifest.listing.name else {
            return try show(
                visit, typed: typed,
                problem: "This is not the service's name. Type it as it stands above, with its capitals.")
        }
        let job = try visit.portal.database.write { db in
            let reach = try db.erasable(service.manifest, of: broker.id)
            if let connection = try db.connection(of: broker.id, plugin: plugin) {
                try db.disconnect(connection.id, at: visit.now)
            }
            try db.cancelJobs(of: plugin, broker: broker.id, at: visit.now)
            try db.endSetups(of: plugin, broker.id, reason: "The service was removed", at: visit.now)
            try db.removeService(plugin, from: broker.id)
            var line = visit.auditLine("service.erase", "plugin:\(plugin)")
            line.before = [
                "tenants": "\(reach.tenants)", "links": "\(reach.links)", "connections": "\(reach.connections)",
            ]
            try db.audit(line, at: visit.now)
            return try ServiceErasure.start(
                service.manifest, of: broker.id, by: visit.user.email, &db, at: visit.now)
        }
        return .seeOther("/jobs/\(job)?done=\(Done.serviceErasing.rawValue)")
    }
}

/// What would go with a service.
private struct ErasableService: Sendable {
    let tenants: Int
    let links: Int
    /// Tenants that another service sees too, which stay with their links.
    let shared: Int
    let jobs: Int
    let connections: Int
}

extension DatabaseConnection {
    fileprivate mutating func erasable(_ manifest: PluginManifest, of broker: Key<Broker>) throws -> ErasableService {
        let others: SQL = """
            EXISTS (SELECT 1 FROM tenant_source AS other WHERE other.tenant_id = tenant.id AND other.plugin_id <> \(manifest.id))
            """
        let seen: SQL = """
            FROM tenant_source JOIN tenant ON tenant.id = tenant_source.tenant_id
            WHERE tenant.broker_id = \(broker) AND tenant_source.plugin_id = \(manifest.id)
            """
        return try ErasableService(
            tenants: count("SELECT COUNT(*) \(seen) AND NOT \(others)"),
            links: count(
                "SELECT COUNT(*) FROM tenant_link WHERE tenant_id IN (SELECT tenant.id \(seen) AND NOT \(others))"),
            shared: count("SELECT COUNT(*) \(seen) AND \(others)"),
            jobs: count("SELECT COUNT(*) FROM job WHERE broker_id = \(broker) AND plugin_id = \(manifest.id)"),
            connections: count(
                "SELECT COUNT(*) FROM connection WHERE broker_id = \(broker) AND plugin_id = \(manifest.id) AND state <> 'none'"
            ))
    }
}

private func serviceErasurePage(
    _ service: Service, _ reach: ErasableService, typed: String, problem: String?, csrf: String
) -> HTML {
    let provider = service.manifest.provider
    return """
        \(alert(.bad, "This can't be undone", """
            <ul><li>The service is removed, and its \(counted(reach.connections, "stored sign-in")) with it. At \(provider) the \
            consent stays until you take it back there: its list of applications with access has an entry for this portal.</li>
            <li>\(counted(reach.tenants, "tenant")) and \(counted(reach.links, "link")) are erased, and \
            \(counted(reach.jobs, "job")) with all that they list. Tenants that are linked by hand are linked anew by hand.</li>
            <li>\(reach.shared == 0 ? "No tenant is seen by another service." : "\(counted(reach.shared, "tenant")) that another service sees too stay with their links.")</li>
            <li>Your organizations stay, and so do the lines of the audit.</li></ul>
            """))
        \(form(FormPage(
            action: "\(service.path)/erasure", csrfToken: csrf,
            fields: [
                FormField(
                    name: "name", label: "Type the service's name to erase what it has read",
                    hint: service.manifest.listing.name, value: typed, problem: problem)
            ],
            submit: "Remove and erase", cancel: (title: "Keep it", path: service.path), style: .danger)))
        """
}
