import HTTPTypes

/// A request held against its operation.
struct RequestCheck {
    let document: ContractDocument
    let operation: ContractOperation
    let variables: [String: String]
    let query: QueryText
    let exchange: RecordedExchange
    /// A part of a batch has the token of the whole.
    var isPart = false

    var violations: [Violation] { authorization + path + queries + headers + body }

    private func violation(_ part: String, _ message: String, at pointer: String = "") -> Violation {
        Violation(operation: operation.name, side: .request, part: part, pointer: pointer, message: message)
    }

    private var authorization: [Violation] {
        guard operation.needsBearerToken, !isPart else { return [] }
        let value = exchange.request.headerFields[.authorization] ?? ""
        guard value.hasPrefix("Bearer "), value.count > 7 else {
            return [violation("header Authorization", "has no bearer token")]
        }
        return []
    }

    private func parameters(in place: ContractOperation.Parameter.Place) -> [ContractOperation.Parameter] {
        operation.parameters.filter { $0.place == place }
    }

    private var path: [Violation] {
        parameters(in: .path).flatMap { findings($0, [variables[$0.name] ?? ""]) }
    }

    private var queries: [Violation] {
        let ignoresCase = document.ignoresCaseOf.contains(.query)
        let fold = { (name: String) in ignoresCase ? name.lowercased() : name }
        let given = Dictionary(grouping: query.items) { fold($0.name) }.mapValues { $0.map(\.value) }
        let documented = parameters(in: .query)
        let unknown = Set(given.keys).subtracting(documented.map { fold($0.name) }).sorted()
        return unknown.map { violation("query \($0)", "is not a documented parameter") }
            + documented.flatMap { parameter in values(of: parameter, given[fold(parameter.name)]) }
    }

    private var headers: [Violation] {
        parameters(in: .header).flatMap { parameter in
            let value = HTTPField.Name(parameter.name).flatMap { exchange.request.headerFields[$0] }
            return values(of: parameter, value.map { [$0] })
        }
    }

    private func values(of parameter: ContractOperation.Parameter, _ values: [String]?) -> [Violation] {
        guard let values else {
            return parameter.isRequired ? [violation("\(parameter.place) \(parameter.name)", "is missing")] : []
        }
        return findings(parameter, values)
    }

    private func findings(_ parameter: ContractOperation.Parameter, _ values: [String]) -> [Violation] {
        let part = "\(parameter.place) \(parameter.name)"
        let validator = SchemaValidator(schemas: document.schemas, ignoresCase: document.ignoresCaseOf.contains(.query))
        let isList = parameter.schema.types == [.array]
        guard isList || values.count == 1 else { return [violation(part, "stands more than once")] }
        do {
            let value = parameter.isJSON ? try JSONParser.parse(Array(values[0].utf8)) : nil
            let text = isList ? .array(values.map { .string($0) }) : Self.value(values[0], parameter.schema)
            return validator.findings(value ?? text, parameter.schema).map {
                violation(part, $0.message, at: $0.pointer)
            }
        } catch {
            return [violation(part, "is not JSON: \(error)")]
        }
    }

    /// A text as the type that its schema wants, where it can be read as that.
    static func value(_ text: String, _ schema: Schema) -> JSONValue {
        guard let types = schema.types, !types.contains(.string) else { return .string(text) }
        let value = try? JSONParser.parse(Array(text.utf8))
        return value ?? .string(text)
    }

    private var body: [Violation] {
        BodyCheck(
            expected: operation.body, bytes: exchange.requestBody,
            contentType: exchange.request.headerFields[.contentType],
            validator: SchemaValidator(
                schemas: document.schemas, ignoresCase: document.ignoresCaseOf.contains(.body)),
            allowsByteOrderMark: false
        ).findings.map { violation($0.part, $0.finding.message, at: $0.finding.pointer) }
    }
}
