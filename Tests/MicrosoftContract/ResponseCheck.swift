import HTTPTypes

/// An answer held against its operation.
struct ResponseCheck {
    let document: ContractDocument
    let operation: ContractOperation
    let selection: Set<String>?
    let exchange: RecordedExchange
    /// For a part of a batch: the batch, which may have the headers, and statuses that only parts have.
    var batch: ContractOperation?

    var violations: [Violation] {
        let status = exchange.response.status.code
        guard let expected = operation.response(to: status) ?? batch?.response(to: status) else {
            return [violation("status \(status)", "is not documented")]
        }
        let body = BodyCheck(
            expected: operation.method == "HEAD" ? nil : expected.body, bytes: exchange.responseBody,
            contentType: exchange.response.headerFields[.contentType],
            validator: SchemaValidator(schemas: document.schemas, selection: selection),
            allowsByteOrderMark: document.allowsByteOrderMark)
        return headers(expected)
            + body.findings.map { violation("\(status) \($0.part)", $0.finding.message, at: $0.finding.pointer) }
    }

    private func violation(_ part: String, _ message: String, at pointer: String = "") -> Violation {
        Violation(operation: operation.name, side: .response, part: part, pointer: pointer, message: message)
    }

    private func headers(_ expected: ContractOperation.Response) -> [Violation] {
        expected.headers.sorted { $0.key < $1.key }.flatMap { name, header in
            let part = "\(exchange.response.status.code) header \(name)"
            let field = HTTPField.Name(name)
            guard let field, let text = exchange.response.headerFields[field] else {
                return header.isRequired && batch == nil ? [violation(part, "is missing")] : []
            }
            // Services have been seen to join the value to itself with a comma.
            let values = Set(text.split(separator: ",").map { String($0.drop { $0 == " " }) })
            let value = header.echoesRequest && values.count == 1 ? values.first ?? text : text
            if header.echoesRequest, let sent = exchange.request.headerFields[field] {
                return sent == value ? [] : [violation(part, "is not the request's \(sent): \(text)")]
            }
            return SchemaValidator(schemas: document.schemas)
                .findings(RequestCheck.value(value, header.schema), header.schema)
                .map { violation(part, $0.message, at: $0.pointer) }
        }
    }
}
