import PortalKit

/// What the things that audit lines are about are called now, for who looks at the lines. What is gone has no name any more.
struct AuditNames: Sendable {
    private var names: [String: (kind: String, name: String)] = [:]

    /// - Parameter object: `kind:id`, as in a line.
    subscript(object: String) -> (kind: String, name: String)? { names[object] }

    /// - Parameter lines: a page of them.
    init(of lines: [AuditLine], _ visit: Visit, _ db: inout DatabaseConnection) throws {
        for object in Set(lines.map(\.object)) {
            guard let colon = object.firstIndex(of: ":") else { continue }
            let kind = String(object[..<colon])
            let id = String(object[object.index(after: colon)...])
            if kind == "plugin" {
                let plugin = visit.portal.plugins[Key(id)]
                names[object] = plugin.map { (kind, $0.manifest.listing.name) }
            } else if let name = try db.name(of: kind, id, broker: visit.session.broker?.id) {
                names[object] = (kind, name)
            }
        }
    }
}

extension DatabaseConnection {
    /// - Parameter broker: whose things are looked at; `nil` for those who see every broker's.
    fileprivate mutating func name(of kind: String, _ id: String, broker: Key<Broker>?) throws -> String? {
        let rows: SQL
        switch kind {
        case "broker": rows = "SELECT name FROM broker WHERE id = \(id) AND \(Self.own(broker, "id"))"
        case "group": rows = "SELECT name FROM user_group WHERE id = \(id) AND \(Self.own(broker))"
        case "organization": rows = "SELECT name FROM organization WHERE id = \(id) AND \(Self.own(broker))"
        case "tenant": rows = "SELECT name FROM tenant WHERE id = \(id) AND \(Self.own(broker))"
        case "user": rows = "SELECT name FROM portal_user WHERE id = \(id) AND \(Self.own(broker))"
        default: return nil
        }
        let name: String? = try first(rows) { try $0[0] }
        return name.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func own(_ broker: Key<Broker>?, _ column: SQL = "broker_id") -> SQL {
        guard let broker else { return "TRUE" }
        return "\(column) = \(broker)"
    }
}
