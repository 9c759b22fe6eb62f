/// The body of a request or a response held against what is documented of it.
struct BodyCheck {
    private static let form = "application/x-www-form-urlencoded"

    let expected: ContractOperation.Body?
    let bytes: [UInt8]
    let contentType: String?
    let validator: SchemaValidator
    let allowsByteOrderMark: Bool

    var findings: [(part: String, finding: SchemaValidator.Finding)] {
        guard let expected else {
            return bytes.isEmpty ? [] : [("body", SchemaValidator.Finding(pointer: "", message: "is not documented"))]
        }
        if bytes.isEmpty {
            return expected.isRequired ? [("body", SchemaValidator.Finding(pointer: "", message: "is missing"))] : []
        }
        let type = (contentType ?? "").prefix { $0 != ";" }.lowercased()
        guard let schema = expected.schemas[type] else {
            let message = "is not a documented type: \"\(type)\""
            return [("header Content-Type", SchemaValidator.Finding(pointer: "", message: message))]
        }
        guard let schema else { return [] }
        do {
            return validator.findings(try value(type), schema).map { ("body", $0) }
        } catch {
            return [("body", SchemaValidator.Finding(pointer: "", message: "cannot be read: \(error)"))]
        }
    }

    private func value(_ type: String) throws -> JSONValue {
        if type == Self.form {
            let items = QueryText(String(decoding: bytes, as: UTF8.self)).items
            return .object(try Dictionary(items.map { ($0.name, .string($0.value)) }) { _, _ in throw Repeated() })
        }
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        return try JSONParser.parse(
            allowsByteOrderMark && bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes)
    }

    private struct Repeated: Error, CustomStringConvertible {
        var description: String { "a field stands twice" }
    }
}
