import HTTPTypes

/// A list as Graph writes it (Microsoft Learn: "Paging Microsoft Graph data in your app").
struct GraphList<Item: Decodable>: Decodable {
    let value: [Item]
    let nextLink: String?
    let deltaLink: String?

    private enum CodingKeys: String, CodingKey {
        case value
        case nextLink = "@odata.nextLink"
        case deltaLink = "@odata.deltaLink"
    }
}

extension Graph {
    /// A page: the first by path and query, each further one by Microsoft's own link.
    func page<Item: Decodable & Sendable>(
        _ path: Path, _ query: Query = [:], after cursor: String?, fields: [HTTPField.Name: String] = [:]
    ) async throws -> MicrosoftPage<Item> {
        let answer = try await service.answer(call(path, query, after: cursor, fields))
        return try page(answer, after: cursor)
    }

    func call(_ path: Path, _ query: Query, after cursor: String?, _ fields: [HTTPField.Name: String]) -> Call {
        let target: Call.Target = cursor.map { .link(PageCursor($0).continuation) } ?? .path(path, query)
        return Call(.get, target, fields: fields)
    }

    func page<Item: Decodable & Sendable>(_ answer: Answer, after cursor: String?) throws -> MicrosoftPage<Item> {
        let list = try answer.read(GraphList<Item>.self)
        return MicrosoftPage(
            items: list.value, next: try list.nextLink.map { try next($0, answer, after: cursor) })
    }

    func next(_ link: String, _ answer: Answer, after cursor: String?) throws -> String {
        try answer.cursor(try service.checked(link, in: answer), after: cursor.map(PageCursor.init))
    }

    /// A list without pages.
    func all<Item: Decodable & Sendable>(_ path: Path, _ query: Query = [:]) async throws -> [Item] {
        let answer = try await service.answer(.get(path, query))
        let list = try answer.read(GraphList<Item>.self)
        // Better no answer than half of one: who reads it marks what is missing as gone.
        guard list.nextLink == nil else { throw answer.unreadable("There is a next page, in a list without.") }
        return list.value
    }
}

/// Something that Microsoft goes on with: where to ask for it, and after how long. The address works after a restart too.
public struct LongRunning: Sendable, Equatable {
    public let location: String
    public let retryAfter: Duration?

    /// - Parameter location: of an answer before a restart.
    public init(location: String, retryAfter: Duration? = nil) {
        self.location = location
        self.retryAfter = retryAfter
    }
}

extension Graph {
    func longRunning(_ answer: Answer) throws -> LongRunning {
        guard let location = answer.response.headerFields[.location] else {
            throw answer.unreadable("The answer does not say where its operation is.")
        }
        return LongRunning(location: try service.checked(location, in: answer), retryAfter: answer.retryAfter)
    }
}
