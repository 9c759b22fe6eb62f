import Foundation
import HTML
import Hummingbird
import PortalKit

/// The brokers of the installation: the list, a new one, one with its name.
enum BrokerRoutes {
    private static let pageLength = 50

    static func add(to routes: inout RouteTable) {
        routes.get("/brokers", .manageBrokers, list)
        routes.get("/brokers/new", .manageBrokers) { visit in
            visit.newBrokerPage(NewBrokerForm(regions: visit.portal.addresses.regions))
        }
        routes.post("/brokers", .manageBrokers, needs: .recentProof, create)
        routes.get("/brokers/:broker", .manageBrokers) { try $0.brokerPage() }
        routes.post("/brokers/:broker/name", .manageBrokers, rename)
    }

    private static func list(_ visit: Visit) throws -> Response {
        let start = visit.pageStart
        let (rows, total) = try visit.portal.database.read { db in
            try (db.brokerRecords(limit: pageLength, offset: start), db.countBrokers())
        }
        var frame = visit.frame("Brokers", "The partners who work on this portal.")
        if total > 0 { frame.primaryAction = linkButton("New broker", path: "/brokers/new") }
        guard total > 0 else { return visit.show(frame, noBrokers) }
        return visit.show(
            frame,
            """
            \(brokerTable(rows, visit.portal.addresses, now: visit.now))
            \(when(total > pageLength, pager(
                first: start + 1, last: start + rows.count, total: total,
                previousPath: start > 0 ? "/brokers?from=\(max(0, start - pageLength))" : nil,
                nextPath: start + rows.count < total ? "/brokers?from=\(start + pageLength)" : nil)))
            """)
    }

    private static func create(_ visit: Visit) throws -> Response {
        let portal = visit.portal
        var form = NewBrokerForm(visit.form)
        let made = try portal.database.write { db -> (Broker, FreshLink)? in
            form.problems = [:]
            try form.check(regions: portal.addresses.regions, &db)
            try form.checkOwner(&db)
            guard form.problems.isEmpty else { return nil }
            let broker = Broker(id: .new(), name: form.name, region: form.region)
            try db.insert(broker, at: visit.now)
            // In the portal's own lines, which stay when the broker's are erased.
            var line = visit.auditLine("broker.create", "broker:\(broker.id)")
            line.after = ["name": broker.name, "region": broker.region]
            try db.audit(line, at: visit.now)
            return (broker, try visit.makeOwner(form, of: broker, &db))
        }
        guard let (broker, link) = made else { return visit.newBrokerPage(form) }
        return .seeOther(
            try visit.path("/brokers/\(broker.id)", showing: link, .brokerCreated))
    }

    private static func rename(_ visit: Visit) throws -> Response {
        let broker = try visit.brokerRecord().broker
        let name = (visit.form["name"] ?? "").plainLine
        let problem = try visit.portal.database.write { db -> String? in
            if let problem = try NewBrokerForm.problem(name: name, except: broker.id, &db) { return problem }
            if name != broker.name {
                try db.rename(broker, to: name, visit.auditLine(of: broker, "broker.rename"), at: visit.now)
            }
            return nil
        }
        if let problem { return try visit.brokerPage(BrokerPageForms(name: name, nameProblem: problem)) }
        return .seeOther("/brokers/\(broker.id)?done=\(Done.brokerRenamed.rawValue)")
    }
}

extension Visit {
    /// The broker that the path names.
    ///
    /// - Throws: ``PageError/notFound``.
    func brokerRecord() throws -> BrokerRecord {
        guard let record = try portal.database.read({ try $0.brokerRecord(parameter("broker")) }) else {
            throw PageError.notFound
        }
        return record
    }

    /// The broker that the path names, as one that can be changed.
    ///
    /// - Throws: ``PageError/stale(_:)`` for one that is being erased.
    func changeableBroker() throws -> BrokerRecord {
        let record = try brokerRecord()
        guard record.erasingSince == nil else {
            throw PageError.stale("The broker is being erased. Nothing of it can be changed any more.")
        }
        return record
    }

    /// A line that the broker's own people see too.
    func auditLine(of broker: Broker, _ action: String, _ detail: [String: String] = [:]) -> AuditLine {
        var line = auditLine(action, "broker:\(broker.id)", detail)
        line.brokerID = broker.id
        return line
    }

    /// Makes the account of an owner, without a password, and the invitation.
    ///
    /// - Returns: the invitation's link.
    func makeOwner(_ form: NewBrokerForm, of broker: Broker, _ db: inout DatabaseConnection) throws -> FreshLink {
        let owner = User(
            id: .new(), email: form.email, name: form.ownerName, role: .brokerOwner, brokerID: broker.id,
            organizationID: nil)
        try db.insert(owner, password: nil, at: now)
        var line = auditLine(of: broker, "user.invite", ["email": owner.email, "role": owner.role.rawValue])
        line.object = "user:\(owner.id)"
        try db.audit(line, at: now)
        return try db.send(.invitation, to: owner, of: broker, by: user, portal, at: now)
    }

    func newBrokerPage(_ new: NewBrokerForm) -> Response {
        let page = FormPage(
            action: "/brokers", csrfToken: session.formToken,
            fields: new.brokerFields(portal.addresses.regions) + new.ownerFields,
            submit: "Create and invite", cancel: (title: "Cancel", path: "/brokers"))
        var frame = frame(
            "New broker", "A partner, and the person who owns its account here.",
            above: [(title: "Brokers", path: "/brokers")])
        frame.hasErrors = page.hasErrors
        return show(frame, status: page.hasErrors ? .unprocessableContent : .ok, PortalCore.form(page))
    }
}
