import HTTPTypes

/// The calls that a batch carries, each with the answer of the same `id` held against its own operation.
///
/// Source: Microsoft Learn, "Combine multiple HTTP requests using JSON batching".
struct BatchCheck {
    let document: ContractDocument
    let batch: ContractOperation
    /// Of the batch.
    let exchange: RecordedExchange

    var violations: [Violation] {
        let calls = Dictionary(parts(exchange.requestBody, "requests")) { first, _ in first }
        let answers = parts(exchange.responseBody, "responses")
        return answers.flatMap { id, answer in
            guard let call = calls[id] else {
                return [violation("\(exchange.request.method.rawValue) \(path)", "was not asked for", at: id)]
            }
            return violations(call, answer, id)
        }
    }

    private var path: String { exchange.request.path ?? "" }

    private func violation(
        _ operation: String, _ message: String, _ side: Violation.Side = .response, at id: String
    ) -> Violation {
        Violation(operation: operation, side: side, part: "part \(id)", pointer: "", message: message)
    }

    /// What is not of this shape is told of the batch itself.
    private func parts(_ body: [UInt8], _ name: String) -> [(String, [String: JSONValue])] {
        guard case .object(let members) = try? JSONParser.parse(body), case .array(let parts) = members[name] else {
            return []
        }
        return parts.compactMap { part in
            guard case .object(let members) = part, case .string(let id) = members["id"] else { return nil }
            return (id, members)
        }
    }

    private func violations(_ call: [String: JSONValue], _ answer: [String: JSONValue], _ id: String) -> [Violation] {
        guard case .string(let name) = call["method"], let method = HTTPRequest.Method(name),
            case .string(let url) = call["url"], case .integer(let status) = answer["status"]
        else { return [] }
        let version = batch.path.text.prefix { $0 != "$" }.dropLast()
        guard let match = document.operation(name, "\(version)\(url.hasPrefix("/") ? "" : "/")\(url)") else {
            // Asking is the request's fault, an answer of success the response's.
            let side: Violation.Side = (200..<300).contains(status) ? .response : .request
            return [violation("\(name) \(url)", "is of no documented operation", side, at: id)]
        }
        var request = HTTPRequest(method: method, scheme: nil, authority: nil, path: url)
        request.headerFields = fields(call)
        var response = HTTPResponse(status: .init(code: status))
        response.headerFields = fields(answer)
        if response.headerFields[.contentType] == nil { response.headerFields[.contentType] = "application/json" }
        let part = RecordedExchange(
            request: request, requestBody: bytes(call), response: response, responseBody: bytes(answer))
        let query = QueryText(url.drop { $0 != "?" }.dropFirst())
        return RequestCheck(
            document: document, operation: match.operation, variables: match.variables, query: query, exchange: part,
            isPart: true
        ).violations
            + ResponseCheck(
                document: document, operation: match.operation, selection: query.selection, exchange: part,
                batch: batch
            ).violations
    }

    private func bytes(_ part: [String: JSONValue]) -> [UInt8] { part["body"].map { Array($0.json.utf8) } ?? [] }

    private func fields(_ part: [String: JSONValue]) -> HTTPFields {
        var fields = HTTPFields()
        guard case .object(let headers) = part["headers"] else { return fields }
        for (name, value) in headers {
            guard let name = HTTPField.Name(name), case .string(let text) = value else { continue }
            fields[name] = text
        }
        return fields
    }
}
