import HTTPTypes

/// One request of a batch.
struct BatchPart: Sendable {
    let id: String
    let method: HTTPRequest.Method
    /// Behind the version, with its slash.
    let path: String
    let headers: HTTPFields
    let body: JSON
    let dependsOn: [String]

    static let most = 20

    /// Throws 400 for the batch as a whole.
    static func all(in json: JSON) throws(GraphFault) -> [BatchPart] {
        guard !json.isAbsent else { throw .bodyMissing }
        guard let items = json["requests"].items else { throw invalid("The property 'requests' is missing.") }
        guard items.count <= most else {
            throw invalid("Number of batch request steps exceeds the maximum value of \(most).")
        }
        guard !items.isEmpty else { throw invalid("There are no requests in it.") }
        var parts: [BatchPart] = []
        for item in items { parts.append(try BatchPart(item, among: parts)) }
        try check(parts)
        return parts
    }

    private init(_ json: JSON, among parts: [BatchPart]) throws(GraphFault) {
        guard let id = json["id"].text, !id.isEmpty else { throw Self.invalid("A request has no 'id'.") }
        guard !parts.contains(where: { $0.id == id }) else { throw Self.invalid("Request Id \(id) is repeated.") }
        self.id = id
        guard let name = json["method"].text?.uppercased(),
            let method = [HTTPRequest.Method.get, .post, .patch, .put, .delete].first(where: { $0.rawValue == name })
        else { throw Self.invalid("The method of request \(id) is not supported.") }
        self.method = method
        path = try Self.path(json["url"].text, of: id)
        headers = try Self.headers(json["headers"], of: id)
        body = json["body"]
        switch json["dependsOn"] {
        case .absent, .null: dependsOn = []
        case let list:
            guard let items = list.items, items.allSatisfy({ $0.text != nil }) else {
                throw Self.invalid("'dependsOn' of request \(id) is no list of ids.")
            }
            dependsOn = items.compactMap(\.text)
        }
        let needsType = !body.isAbsent && body != .null && headers[.contentType] == nil
        if needsType { throw Self.invalid("Write request id : \(id) does not contain Content-Type header or body.") }
    }

    /// Every id that is waited for is there, and nobody waits in a circle.
    private static func check(_ parts: [BatchPart]) throws(GraphFault) {
        var done: Set<String> = []
        var waiting = parts
        while !waiting.isEmpty {
            let ready = waiting.filter { done.isSuperset(of: $0.dependsOn) }
            guard !ready.isEmpty else { throw invalid("'dependsOn' names no request of the batch, or itself.") }
            done.formUnion(ready.map(\.id))
            waiting.removeAll { done.contains($0.id) }
        }
    }

    private static func path(_ url: String?, of id: String) throws(GraphFault) -> String {
        guard let url, !url.isEmpty, !url.contains("://"), !url.hasPrefix("//"), url.utf8.count <= 16_384 else {
            throw invalid("The url of request \(id) must be relative.")
        }
        let path = url.hasPrefix("/") ? url : "/\(url)"
        let isPlain = path.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 32 && $0.value != 127 }
        return isPlain
            ? path
            : path.unicodeScalars.map { scalar in
                scalar.isASCII && scalar.value > 32 && scalar.value != 127
                    ? String(scalar) : String(scalar).percentEncoded
            }.joined()
    }

    private static func headers(_ json: JSON, of id: String) throws(GraphFault) -> HTTPFields {
        var headers = HTTPFields()
        switch json {
        case .absent, .null: return headers
        case .object(let members):
            for member in members {
                guard let name = HTTPField.Name(member.name), let value = member.value.text,
                    !value.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
                else { throw invalid("A header of request \(id) can't be read.") }
                headers[name] = value
            }
            return headers
        default: throw invalid("The headers of request \(id) can't be read.")
        }
    }

    private static func invalid(_ reason: String) -> GraphFault {
        GraphFault(.badRequest, "BadRequest", "Invalid batch payload format. \(reason)")
    }
}
