import Foundation
public import HTTPTypes

/// The documented calls of one service: an OpenAPI 3.1 document of our own, written from the fields in Microsoft's
/// documentation.
///
/// It says more than OpenAPI does by: objects with `properties` are closed; `x-ignores-case-of` (of a request's `path`,
/// `query`, `body`); `x-byte-order-mark` (a body may begin with one); `x-required-unless-selected` (by `$select`);
/// `x-batch` (the bodies carry calls); `x-body-optional` of a response and `x-echoes-request` of its header.
public struct ContractDocument: Sendable {
    enum RequestPart: String, Sendable {
        case path, query, body
    }

    let operations: [ContractOperation]
    let schemas: [String: Schema]
    let ignoresCaseOf: Set<RequestPart>
    let allowsByteOrderMark: Bool

    /// - Throws: ``ContractError`` for a document with anything in it that would not be checked.
    public init(_ service: ContractService) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Documents")
        try self.init(json: [UInt8](Data(contentsOf: folder.appending(path: "\(service.rawValue).json"))))
    }

    init(json: [UInt8]) throws {
        let root = try DocumentNode(value: JSONParser.parse(json), pointer: "").members(among: [
            "openapi", "info", "servers", "security", "paths", "components", "x-ignores-case-of", "x-byte-order-mark",
        ])
        guard let paths = root["paths"], try root["openapi"]?.string() == "3.1.0" else {
            throw ContractError(pointer: "", message: "is not an OpenAPI 3.1.0 document with paths")
        }
        let reader = try DocumentReader(components: root["components"], security: root["security"])
        schemas = try reader.schemas()
        operations = try reader.operations(paths).sorted { $0.name < $1.name }
        let parts = try root["x-ignores-case-of"]?.elements().map { try $0.word(RequestPart.self) }
        ignoresCaseOf = Set(parts ?? [])
        allowsByteOrderMark = try root["x-byte-order-mark"]?.bool() ?? false
        try checkReferences()
    }

    /// The names of all documented operations: `GET /v1/customers/{customerId}`.
    public var operationNames: [String] { operations.map(\.name) }

    /// The name of the operation that a request is, whatever its query says.
    public func operationName(_ method: HTTPRequest.Method, _ path: String) -> String? {
        operation(method.rawValue, path)?.operation.name
    }

    func operation(
        _ method: String, _ path: String
    ) -> (operation: ContractOperation, variables: [String: String])? {
        let path = path.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.removingPercentEncoding ?? String($0) }
        let matches = operations.filter { $0.method == method }.compactMap { operation in
            operation.path.match(path, ignoresCase: ignoresCaseOf.contains(.path)).map { (operation, $0) }
        }
        return matches.max { $0.0.path.fixedLength < $1.0.path.fixedLength }
    }

    private func checkReferences() throws {
        let references = schemas.values.flatMap(\.references) + operations.flatMap(\.references)
        for reference in references where schemas[reference] == nil {
            throw ContractError(pointer: "/components/schemas", message: "does not have \"\(reference)\"")
        }
    }
}
