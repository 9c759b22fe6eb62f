/// What a caller sent, read by the names that its type has.
struct GraphBody: Sendable {
    private let json: JSON
    private let type: String

    /// Throws 400 for no object and for names that the type doesn't have; annotations pass.
    init(_ json: JSON, of type: String, _ names: [String]) throws(GraphFault) {
        if json.isAbsent { throw .bodyMissing }
        guard let members = json.members else { throw .bodyUnreadable }
        let known = Set(names.map { $0.lowercased() })
        for member in members where !known.contains(member.name.lowercased()) {
            if member.name.contains("@") { continue }
            throw .unknownProperty(member.name, of: type)
        }
        self.json = json
        self.type = type
    }

    func text(_ name: String) throws(GraphFault) -> String? {
        switch json[name] {
        case .absent, .null: return nil
        case .string(let text): return text
        default: throw .wrongType(name, "Edm.String")
        }
    }

    func requiredText(_ name: String) throws(GraphFault) -> String {
        guard let text = try text(name), !text.trimming().isEmpty else { throw .missing(name, of: type) }
        return text
    }

    func boolean(_ name: String) throws(GraphFault) -> Bool? {
        switch json[name] {
        case .absent, .null: return nil
        case .bool(let value): return value
        default: throw .wrongType(name, "Edm.Boolean")
        }
    }

    func texts(_ name: String) throws(GraphFault) -> [String]? {
        switch json[name] {
        case .absent, .null: return nil
        case .array(let items):
            return try items.map { item throws(GraphFault) in
                guard let text = item.text else { throw .wrongType(name, "Collection(Edm.String)") }
                return text
            }
        default: throw .wrongType(name, "Collection(Edm.String)")
        }
    }

    /// A member that is an object itself.
    func object(_ name: String) throws(GraphFault) -> JSON? {
        let value = json[name]
        switch value {
        case .absent, .null: return nil
        case .object: return value
        default: throw .wrongType(name, "object")
        }
    }
}
