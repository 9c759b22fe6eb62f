@testable import MicrosoftContract

/// What a schema says about a value, both as JSON: "pointer message".
func findings(
    _ schema: String, _ value: String, schemas: [String: String] = [:], ignoresCase: Bool = false,
    selection: Set<String>? = nil
) throws -> [String] {
    let validator = SchemaValidator(
        schemas: try schemas.mapValues { try Schema(json: $0) }, ignoresCase: ignoresCase, selection: selection)
    return validator.findings(try JSONParser.parse(Array(value.utf8)), try Schema(json: schema))
        .map { "\($0.pointer) \($0.message)" }
}

extension Schema {
    convenience init(json: String) throws {
        try self.init(DocumentNode(value: try JSONParser.parse(Array(json.utf8)), pointer: ""))
    }
}
