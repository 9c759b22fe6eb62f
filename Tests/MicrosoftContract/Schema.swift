/// A JSON schema, of the keywords that the contract documents use (JSON Schema 2020-12, as OpenAPI 3.1 takes it over).
///
/// An object with `properties` is closed unless it says `additionalProperties`; what `allOf`, `oneOf`, `anyOf` and
/// `$ref` add to it counts as its own.
final class Schema: Sendable {
    enum Additional: Sendable {
        case allowed, forbidden
        case like(Schema)
    }

    /// The name of a schema of the document's `components`.
    let reference: String?
    /// nil for any.
    let types: [JSONType]?
    let properties: [String: Schema]
    let required: [String]
    /// Required too, but where the request chose properties with `$select`: then those are.
    let requiredUnlessSelected: [String]
    let additional: Additional?
    let items: Schema?
    /// `enum`, or the one value of `const`.
    let values: [JSONValue]?
    let pattern: Pattern?
    let format: StringFormat?
    let minLength: Int?
    let maxLength: Int?
    let minimum: Double?
    let maximum: Double?
    let minItems: Int?
    let maxItems: Int?
    let oneOf: [Schema]
    let anyOf: [Schema]
    let allOf: [Schema]
    /// `properties` by their names in lower case.
    let foldedProperties: [String: Schema]

    /// - Throws: for a keyword that is not known, or that has no effect on the schema's types: what is written shall be
    ///   checked.
    init(_ node: DocumentNode) throws {
        let keywords = try node.members(among: Self.keywords)
        reference = try keywords["$ref"].map { try SchemaReading.name($0) }
        types = try keywords["type"].map { try SchemaReading.types($0) }
        properties = try keywords["properties"].map { try SchemaReading.named($0) } ?? [:]
        required = try keywords["required"].map { try $0.strings() } ?? []
        requiredUnlessSelected = try keywords["x-required-unless-selected"].map { try $0.strings() } ?? []
        additional = try keywords["additionalProperties"].map { try SchemaReading.additional($0) }
        items = try keywords["items"].map { try Schema($0) }
        values =
            try keywords["const"].map { [$0.value] } ?? keywords["enum"].map { try $0.elements().map(\.value) }
        pattern = try keywords["pattern"].map { try SchemaReading.pattern($0) }
        format = try keywords["format"].map { try $0.word(StringFormat.self) }
        minLength = try keywords["minLength"].map { try $0.count() }
        maxLength = try keywords["maxLength"].map { try $0.count() }
        minimum = try keywords["minimum"].map { try $0.number() }
        maximum = try keywords["maximum"].map { try $0.number() }
        minItems = try keywords["minItems"].map { try $0.count() }
        maxItems = try keywords["maxItems"].map { try $0.count() }
        oneOf = try keywords["oneOf"].map { try SchemaReading.list($0) } ?? []
        anyOf = try keywords["anyOf"].map { try SchemaReading.list($0) } ?? []
        allOf = try keywords["allOf"].map { try SchemaReading.list($0) } ?? []
        foldedProperties = Dictionary(properties.map { ($0.lowercased(), $1) }) { first, _ in first }
        try SchemaReading.checkEffect(keywords, types ?? [], node)
        for name in required + requiredUnlessSelected where !properties.isEmpty && properties[name] == nil {
            throw node.error("requires \"\(name)\", which it does not describe")
        }
    }
}
