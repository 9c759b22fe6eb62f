extension Schema {
    static let keywords: Set<String> = Set(typesOfKeywords.keys).union([
        "$ref", "type", "enum", "const", "oneOf", "anyOf", "allOf", "description",
    ])

    /// The types on which a keyword has an effect; the others stand for themselves.
    static let typesOfKeywords: [String: Set<JSONType>] = [
        "properties": [.object], "required": [.object], "x-required-unless-selected": [.object],
        "additionalProperties": [.object],
        "items": [.array], "minItems": [.array], "maxItems": [.array],
        "pattern": [.string], "format": [.string], "minLength": [.string], "maxLength": [.string],
        "minimum": [.integer, .number], "maximum": [.integer, .number],
    ]

    /// Every `$ref` in it.
    var references: Set<String> {
        var schemas = Array(properties.values) + oneOf + anyOf + allOf
        if let items { schemas.append(items) }
        if case .like(let schema) = additional { schemas.append(schema) }
        return schemas.reduce(into: Set([reference].compactMap(\.self))) { $0.formUnion($1.references) }
    }
}

/// The values of keywords.
enum SchemaReading {
    static func name(_ node: DocumentNode) throws -> String {
        let reference = try node.string()
        let prefix = "#/components/schemas/"
        guard reference.hasPrefix(prefix) else { throw node.error("leads out of the schemas") }
        return String(reference.dropFirst(prefix.count))
    }

    static func types(_ node: DocumentNode) throws -> [JSONType] {
        guard case .array = node.value else { return [try node.word(JSONType.self)] }
        var types: [JSONType] = []
        for element in try node.elements() { types.append(try element.word(JSONType.self)) }
        return types
    }

    static func named(_ node: DocumentNode) throws -> [String: Schema] {
        var schemas: [String: Schema] = [:]
        for (name, member) in try node.members() { schemas[name] = try Schema(member) }
        return schemas
    }

    static func list(_ node: DocumentNode) throws -> [Schema] {
        var schemas: [Schema] = []
        for element in try node.elements() { schemas.append(try Schema(element)) }
        guard !schemas.isEmpty else { throw node.error("is empty") }
        return schemas
    }

    static func additional(_ node: DocumentNode) throws -> Schema.Additional {
        if case .bool(let allowed) = node.value { return allowed ? .allowed : .forbidden }
        return .like(try Schema(node))
    }

    static func pattern(_ node: DocumentNode) throws -> Pattern {
        let text = try node.string()
        do {
            return try Pattern(text)
        } catch {
            throw node.error("is not a regular expression: \(error)")
        }
    }

    static func checkEffect(
        _ keywords: [String: DocumentNode], _ types: [JSONType], _ node: DocumentNode
    ) throws {
        for name in keywords.keys.sorted() {
            guard let wanted = Schema.typesOfKeywords[name], wanted.isDisjoint(with: types) else { continue }
            throw node.error("has \"\(name)\", which has no effect on its type")
        }
    }
}
