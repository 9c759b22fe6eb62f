import Foundation
import HTML
import Hummingbird
import PortalKit

/// *Auto-create and link*: what it will do, with exact counts, and then the job that does just that.
enum BulkLinkRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/services/:plugin/bulk-links/new", .linkTenants, preview)
        routes.post("/services/:plugin/bulk-links", .linkTenants, needs: [.recentProof], apply)
    }

    private static func preview(_ visit: Visit) throws -> Response {
        let service = try visit.tenantSource()
        let broker = try visit.broker
        // Half a list makes half a plan.
        if try visit.portal.database.read({ try $0.isReadingList(of: service) }) {
            return .seeOther("\(service.path)/tenants")
        }
        let plan = try visit.portal.database.read { try $0.linkPlan(of: broker.id, source: service.manifest.id) }
        return show(visit, service, plan, hasChanged: false)
    }

    private static func show(_ visit: Visit, _ service: Service, _ plan: LinkPlan, hasChanged: Bool) -> Response {
        let frame = visit.frame(
            "Auto-create and link", "What will happen. Nothing is written until you apply it.",
            above: [
                (title: "My Services", path: "/services"), (title: service.manifest.listing.name, path: service.path),
                (title: service.manifest.listing.linkTitle, path: "\(service.path)/tenants"),
            ])
        return visit.show(
            frame, status: hasChanged ? .unprocessableContent : .ok,
            bulkLinkPage(plan, service, hasChanged: hasChanged, csrf: visit.session.formToken))
    }

    /// Applies the plan that the person has seen, or shows the new one.
    private static func apply(_ visit: Visit) throws -> Response {
        let service = try visit.tenantSource()
        let broker = try visit.broker
        let (plan, job) = try visit.portal.database.write { db -> (LinkPlan, Key<Job>?) in
            let plan = try db.linkPlan(of: broker.id, source: service.manifest.id)
            guard try !db.isReadingList(of: service), plan.fingerprint == visit.form["plan"],
                !plan.creations.isEmpty || !plan.links.isEmpty
            else {
                return (plan, try db.unfinishedJob(LinkJob.self, subject: "\(broker.id):\(service.manifest.id)"))
            }
            return (
                plan,
                try LinkJob.start(
                    plan, of: broker.id, source: service.manifest.id, by: visit.user.email, &db, at: visit.now)
            )
        }
        // A second click finds the job of the first one.
        if let job { return .seeOther("/jobs/\(job)") }
        return show(visit, service, plan, hasChanged: true)
    }
}

private func bulkLinkPage(_ plan: LinkPlan, _ service: Service, hasChanged: Bool, csrf: String) -> HTML {
    let (creations, links, questions) = (plan.creations, plan.links, plan.questions)
    let count = creations.count + links.count
    guard !plan.lines.isEmpty else {
        return emptyState(
            title: "Nothing to link", text: "Every tenant of this service is linked, excluded, or can't be reached.",
            action: linkButton("Back to the tenants", path: "\(service.path)/tenants", style: .secondary))
    }
    return """
        \(when(hasChanged, alert(.warn, "Something has changed since you looked", "<p>Nothing was done. This is what would happen now.</p>")))
        \(stats([
            stat(creations.count, "organizations will be created and linked", path: "#create", tone: .good),
            stat(links.count, "will be linked to an organization that exists", path: "#link", tone: .good),
            stat(questions.count, "need your decision and are left alone", path: "#decide", tone: .warn),
        ]))
        \(when(count > 0, form(FormPage(
            action: "\(service.path)/bulk-links", csrfToken: csrf, fields: [],
            submit: "Create \(grouped(creations.count)) and link \(grouped(count))", cancel: (title: "Cancel", path: "\(service.path)/tenants"),
            hidden: [(name: "plan", value: plan.fingerprint)]))))
        \(when(!questions.isEmpty, planTable("Need your decision", id: "decide", questions)))
        \(when(!links.isEmpty, planTable("Linked to an organization that exists", id: "link", links)))
        \(when(!creations.isEmpty, planTable("Created and linked", id: "create", creations)))
        """
}

/// The longest lists are shown in part: the counts are exact, and the job's page tells of each.
private func planTable(_ title: String, id: String, _ lines: [LinkPlan.Line]) -> HTML {
    let shown = lines.prefix(200)
    return section(
        title, id: id, intro: lines.count > shown.count ? "The first \(shown.count) of \(grouped(lines.count))." : nil,
        table(
            caption: title, columns: [Column(title: "Tenant"), Column(title: "Organization"), Column(title: "Why")],
            rows: shown.map { line in
                [
                    twoLines(
                        nameLink(line.tenant.name, path: "/tenants/\(line.tenant.id)"),
                        code(line.tenant.key.id)),
                    target(line), reason(line.decision),
                ]
            }))
}

private func target(_ line: LinkPlan.Line) -> HTML {
    switch line.decision {
    case .create(let created): "\(name(created)) \(quiet("new"))"
    case .link(let id, let existing, _): nameLink(existing, path: "/organizations/\(id)")
    case .ask(let candidates, _):
        candidates.isEmpty ? quiet("none") : "\(names(of: candidates))?"
    }
}

func names(of candidates: [LinkPlan.Candidate]) -> HTML {
    each(candidates.enumerated()) { "\(when($0.offset > 0, ", "))\(name($0.element.name))" }
}

private func reason(_ decision: LinkPlan.Decision) -> HTML {
    switch decision {
    case .create: "No organization is like it"
    case .link(_, _, let reason), .ask(_, let reason): "\(reason)"
    }
}

extension DatabaseConnection {
    fileprivate mutating func isReadingList(of service: Service) throws -> Bool {
        guard let connection = service.connection else { return false }
        return try unfinishedJob(DiscoveryJob.self, subject: connection.id.rawValue) != nil
    }
}
