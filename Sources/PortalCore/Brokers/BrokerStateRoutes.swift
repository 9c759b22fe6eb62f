import Foundation
import HTML
import Hummingbird
import PortalKit

/// What changes a broker as a whole: its region, whether it works, whether it is there. Each shows first what it means.
enum BrokerStateRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/brokers/:broker/region", .manageBrokers) { try $0.regionPage() }
        routes.post("/brokers/:broker/region", .manageBrokers, needs: .recentProof, move)
        routes.get("/brokers/:broker/disabling", .manageBrokers, disablingPreview)
        routes.post("/brokers/:broker/disabling", .manageBrokers, needs: .recentProof, disable)
        routes.post("/brokers/:broker/enabling", .manageBrokers, needs: .recentProof, enable)
        routes.get("/brokers/:broker/erasure", .manageBrokers) { try $0.erasurePage() }
        routes.post("/brokers/:broker/erasure", .manageBrokers, needs: .recentProof, erase)
    }

    private static func move(_ visit: Visit) throws -> Response {
        let broker = try visit.changeableBroker().broker
        guard let region = visit.portal.addresses.regions.first(where: { $0.id == visit.form["region"] }),
            region.id != broker.region
        else { return try visit.regionPage(problem: "Choose the region where the broker is to live.") }
        let moved = try visit.portal.database.write { db in
            guard try !db.ties(of: broker.id, now: visit.now).hold else { return false }
            try db.move(broker, to: region, visit.auditLine(of: broker, "broker.move"), at: visit.now)
            return true
        }
        // What holds it here stands on the page.
        guard moved else { return try visit.regionPage(problem: "The broker can't be moved now.") }
        return .seeOther("/brokers/\(broker.id)?done=\(Done.brokerMoved.rawValue)")
    }

    private static func disablingPreview(_ visit: Visit) throws -> Response {
        let record = try visit.changeableBroker()
        let reach = try visit.portal.database.read { try $0.reach(of: record.broker.id, now: visit.now) }
        return visit.show(
            visit.frame(of: record, "Disable \(record.broker.name)"),
            disablingPage(record, reach, csrf: visit.session.formToken))
    }

    private static func disable(_ visit: Visit) throws -> Response {
        let record = try visit.changeableBroker()
        if record.disabledAt == nil {
            try visit.portal.database.write { db in
                try db.disable(record.broker, visit.auditLine(of: record.broker, "broker.disable"), at: visit.now)
            }
        }
        return .seeOther("\(record.path)?done=\(Done.brokerDisabled.rawValue)")
    }

    private static func enable(_ visit: Visit) throws -> Response {
        let record = try visit.changeableBroker()
        if record.disabledAt != nil {
            try visit.portal.database.write { db in
                try db.enable(record.broker, visit.auditLine(of: record.broker, "broker.enable"), at: visit.now)
            }
        }
        return .seeOther("\(record.path)?done=\(Done.brokerEnabled.rawValue)")
    }

    /// Also goes on with one that was cut off.
    private static func erase(_ visit: Visit) throws -> Response {
        let record = try visit.brokerRecord()
        let broker = record.broker
        guard record.disabledAt != nil else {
            throw PageError.stale("The broker is enabled again. Only a disabled one can be erased.")
        }
        let typed = (visit.form["name"] ?? "").plainLine
        guard typed == broker.name else {
            return try visit.erasurePage(
                typed: typed, problem: "This is not the broker's name. Type it as it stands above, with its capitals.")
        }
        try visit.portal.database.write { db in
            var line = visit.auditLine("broker.erase", "broker:\(broker.id)")
            line.before = ["name": broker.name, "region": broker.region]
            line.detail = Dictionary(
                uniqueKeysWithValues: try db.contents(of: broker.id).map { ($0.words.many, "\($0.count)") })
            try db.audit(line, at: visit.now)
            try BrokerErasure.start(broker, by: visit.user.email, &db, at: visit.now)
        }
        return .seeOther("/brokers?done=\(Done.brokerErasing.rawValue)")
    }
}

/// How many things of a kind a broker has.
struct BrokerContent: Sendable {
    let words: (one: String, many: String)
    let count: Int
}

extension DatabaseConnection {
    /// What goes with the broker, in its order.
    mutating func contents(of broker: Key<Broker>) throws -> [BrokerContent] {
        try BrokerTable.all(of: broker).compactMap { table in
            guard let words = table.words else { return nil }
            return try BrokerContent(words: words, count: count(table))
        }
    }
}

extension Visit {
    fileprivate func frame(of record: BrokerRecord, _ title: String) -> PageFrame {
        frame(title, above: [(title: "Brokers", path: "/brokers"), (title: record.broker.name, path: record.path)])
    }

    fileprivate func regionPage(problem: String? = nil) throws -> Response {
        let record = try changeableBroker()
        let ties = try portal.database.read { try $0.ties(of: record.broker.id, now: now) }
        var frame = frame(of: record, "Change the region")
        frame.hasErrors = problem != nil
        return show(
            frame, status: problem == nil ? .ok : .unprocessableContent,
            brokerRegionPage(record, ties, portal.addresses, problem: problem, csrf: session.formToken))
    }

    fileprivate func erasurePage(typed: String = "", problem: String? = nil) throws -> Response {
        let record = try brokerRecord()
        let contents = try portal.database.read { try $0.contents(of: record.broker.id) }
        var frame = frame(of: record, "Erase \(record.broker.name)")
        frame.hasErrors = problem != nil
        return show(
            frame, status: problem == nil ? .ok : .unprocessableContent,
            brokerErasurePage(record, contents, typed: typed, problem: problem, csrf: session.formToken))
    }
}
