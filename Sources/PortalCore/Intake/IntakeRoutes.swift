import Foundation
import HTML
import Hummingbird
import PortalKit

/// *Add a tenant*: what was typed is looked up at the provider, shown, and only then added.
enum IntakeRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/services/:plugin/intakes/new", .setUpTenants, form)
        routes.post("/services/:plugin/intakes", .setUpTenants, look)
        routes.get("/services/:plugin/intakes/:intake", .setUpTenants, intake)
        routes.get("/services/:plugin/intakes/:intake/state", .setUpTenants, state)
        routes.post("/services/:plugin/intakes/:intake/tenant", .setUpTenants, addTenant)
    }

    private static func form(_ visit: Visit) throws -> Response {
        let (service, plugin) = try visit.tenantIntake()
        guard service.connection?.state == .connected else {
            return visit.show(
                frame(visit, service),
                emptyState(
                    title: "Connect the service first",
                    text: "A tenant is looked up with your own sign-in at \(service.manifest.provider).",
                    action: when(
                        visit.may(.seeConnections),
                        linkButton(service.manifest.listing.connectionTitle, path: "\(service.path)/authentication"))))
        }
        return show(visit, service, plugin, typed: [:], problems: [:])
    }

    private static func frame(_ visit: Visit, _ service: Service) -> PageFrame {
        visit.frame(
            "Add a tenant", "A customer of yours at \(service.manifest.provider), looked up before anything is added.",
            above: [
                (title: "My Services", path: "/services"), (title: service.manifest.listing.name, path: service.path),
            ])
    }

    private static func show(
        _ visit: Visit, _ service: Service, _ plugin: any TenantIntake, typed: [String: String],
        problems: [String: FieldProblem]
    ) -> Response {
        var frame = frame(visit, service)
        frame.hasErrors = !problems.isEmpty
        return visit.show(
            frame, status: problems.isEmpty ? .ok : .unprocessableContent,
            intakeForm(type(of: plugin).intakeForm, service, typed, problems, csrf: visit.session.formToken))
    }

    private static func look(_ visit: Visit) throws -> Response {
        let (service, plugin) = try visit.tenantIntake()
        guard service.connection?.state == .connected else {
            throw PageError.stale("The service is not connected any more.")
        }
        let read = type(of: plugin).intakeForm.read(visit.form)
        guard read.problems.isEmpty else {
            return show(visit, service, plugin, typed: visit.form, problems: read.problems)
        }
        let broker = try visit.broker
        let id = try visit.portal.database.write { db in
            try db.beginIntake(read.values, service.manifest, of: broker.id, by: visit.user.email, at: visit.now)
        }
        return .seeOther("\(service.path)/intakes/\(id)")
    }

    private static func intake(_ visit: Visit) throws -> Response {
        let (service, plugin) = try visit.tenantIntake()
        let (intake, obstacle) = try visit.intake(service)
        if let tenant = intake.tenantID { return .seeOther("/tenants/\(tenant)/setup") }
        if let finding = intake.finding, !finding.problems.isEmpty {
            return show(visit, service, plugin, typed: intake.form.all, problems: finding.problems)
        }
        var frame = frame(visit, service)
        let content = intakePage(intake, obstacle, service, plugin, csrf: visit.session.formToken)
        guard !intake.hasEnded else { return visit.show(frame, content) }
        frame.refreshSeconds = 2
        return visit.show(frame, live("\(service.path)/intakes/\(intake.id)/state", reloads: true, content))
    }

    private static func state(_ visit: Visit) throws -> Response {
        let (service, plugin) = try visit.tenantIntake()
        let (intake, obstacle) = try visit.intake(service)
        return .fragment(
            intake.hasEnded ? HTML() : intakePage(intake, obstacle, service, plugin, csrf: visit.session.formToken),
            isDone: intake.hasEnded)
    }

    private static func addTenant(_ visit: Visit) throws -> Response {
        let (service, plugin) = try visit.tenantIntake()
        guard let setup = service.entry.tenantSetup else { throw PageError.notFound }
        let (intake, _) = try visit.intake(service)
        let broker = try visit.broker
        let tenant = try visit.portal.database.write { db -> Key<StoredTenant> in
            // A second click finds what the first one has added.
            if let added = try db.intake(intake.id, of: broker.id)?.tenantID { return added }
            guard let found = intake.finding?.tenant, found.id == visit.form["tenant"] else {
                throw PageError.stale("Nothing was found that could be added.")
            }
            guard let finding = intake.finding, visit.now < intake.createdAt + StoredIntake.lifetime,
                try db.obstacle(to: finding, in: service.manifest.namespace, of: broker.id) == nil
            else {
                throw PageError.stale(
                    "The tenant was looked up too long ago, has been added since, or belongs to somebody else. Look it up again.")
            }
            let name = intake.form[type(of: plugin).nameField].plainLine
            let id = try db.add(
                found, named: name.isEmpty ? found.name : name, intake, service.manifest, setup.setup,
                visit.portal.vault, by: visit.user.email, at: visit.now)
            try db.audit(
                visit.auditLine("tenant.add", "tenant:\(id)", ["tenant": name, "id": found.id]), at: visit.now)
            return id
        }
        return .seeOther("/tenants/\(tenant)/setup?done=\(Done.tenantAdded.rawValue)")
    }
}

extension StoredIntake {
    /// Whether the look has come to an end.
    var hasEnded: Bool { finding != nil || problem != nil || tenantID != nil }
}

extension Visit {
    /// The service that the address names, as one whose tenants are added one by one.
    fileprivate func tenantIntake() throws -> (Service, any TenantIntake) {
        let service = try service()
        guard let plugin = service.entry.tenantIntake, service.entry.tenantSetup != nil else {
            throw PageError.notFound
        }
        return (service, plugin)
    }

    fileprivate func intake(_ service: Service) throws -> (StoredIntake, IntakeObstacle?) {
        let broker = try broker
        return try portal.database.read { db in
            guard let intake = try db.intake(parameter("intake"), of: broker.id),
                intake.pluginID == service.manifest.id
            else { throw PageError.notFound }
            return (
                intake,
                try intake.finding.flatMap { try db.obstacle(to: $0, in: service.manifest.namespace, of: broker.id) }
            )
        }
    }
}
