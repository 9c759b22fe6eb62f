import Foundation
import HTTPTypes

extension ContractDocument {
    /// What in an exchange is not as documented.
    ///
    /// - Parameter prefix: what stands before the documented path, for example `/partnercenter`.
    public func violations(of exchange: RecordedExchange, prefix: String = "") -> [Violation] {
        let method = exchange.request.method.rawValue
        let path = exchange.request.path ?? ""
        guard path.hasPrefix(prefix), let match = operation(method, String(path.dropFirst(prefix.count))) else {
            return [
                Violation(
                    operation: "\(method) \(path)", side: .request, part: "path", pointer: "",
                    message: "is of no documented operation")
            ]
        }
        let query = QueryText(path.drop { $0 != "?" }.dropFirst())
        let request = RequestCheck(
            document: self, operation: match.operation, variables: match.variables, query: query, exchange: exchange)
        let response = ResponseCheck(
            document: self, operation: match.operation, selection: query.selection, exchange: exchange)
        let parts =
            match.operation.isBatch
            ? BatchCheck(document: self, batch: match.operation, exchange: exchange).violations : []
        return request.violations + response.violations + parts
    }

    /// What in a JSON text is not as the schema of that name describes it: of texts that are no call's, as the event
    /// that a service posts or the claims of a token.
    ///
    /// - Throws: ``ContractError`` where the document has no such schema.
    public func violations(of json: [UInt8], asSchema name: String) throws -> [Violation] {
        guard let schema = schemas[name] else {
            throw ContractError(pointer: "/components/schemas", message: "does not have \"\(name)\"")
        }
        let body = BodyCheck(
            expected: ContractOperation.Body(isRequired: true, schemas: ["application/json": schema]), bytes: json,
            contentType: "application/json", validator: SchemaValidator(schemas: schemas),
            allowsByteOrderMark: allowsByteOrderMark)
        return body.findings.map {
            Violation(
                operation: name, side: .response, part: $0.part, pointer: $0.finding.pointer,
                message: $0.finding.message)
        }
    }
}

/// A query or a form: `application/x-www-form-urlencoded`.
struct QueryText {
    /// With what could not be percent-decoded left as it was.
    let items: [(name: String, value: String)]

    /// OData's `$select`; nil without.
    var selection: Set<String>? {
        let value = items.first { $0.name.lowercased() == "$select" }?.value
        return value.map { Set($0.split { $0 == "," || $0 == " " }.map(String.init)) }
    }

    init(_ text: some StringProtocol) {
        items = text.split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { part in
                let text = String(part.map { $0 == "+" ? " " : $0 })
                return text.removingPercentEncoding ?? text
            }
            return (parts[0], parts.count > 1 ? parts[1] : "")
        }
    }
}
