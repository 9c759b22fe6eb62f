import HTTPTypes

extension PartnerCenter {
    /// A list as Partner Center writes it (Microsoft Learn: "Partner Center REST resources: utility resources").
    struct Collection<Item: Decodable>: Decodable {
        let items: [Item]
        /// Of this page in some lists, of all pages in others.
        @Lenient var totalCount: Int?
        let links: Links?

        struct Links: Decodable {
            let next: Link?
        }

        struct Link: Decodable {
            let headers: [Header]?
        }

        struct Header: Decodable {
            let key: String
            let value: String
        }
    }

    private static let continuationToken = HTTPField.Name.literal("MS-ContinuationToken")

    /// A list without pages.
    func all<Item: Decodable>(_ path: Path, _ query: Query = [:]) async throws -> [Item] {
        let answer = try await service.answer(.get(path, query))
        let collection = try answer.read(Collection<Item>.self)
        // Better no answer than half of one: who reads it marks what is missing as gone.
        guard collection.links?.next == nil else { throw answer.unreadable("There is a next page, in a list without.") }
        return collection.items
    }

    /// A page of a list whose continuation travels in a header field (`seekOperation`).
    func seek<Item: Decodable & Sendable>(
        _ path: Path, _ query: Query, after continuation: String?
    ) async throws -> MicrosoftPage<Item> {
        let answer = try await service.answer(seekCall(path, query, after: continuation))
        return try page(answer, after: continuation)
    }

    func seekCall(_ path: Path, _ query: Query, after continuation: String?) -> Call {
        guard let cursor = continuation.map(PageCursor.init) else { return .get(path, query) }
        var query = query
        query.append("seekOperation", "Next")
        return .get(path, query, fields: [Self.continuationToken: cursor.continuation])
    }

    func page<Item: Decodable & Sendable>(
        _ answer: Answer, after continuation: String?
    ) throws -> MicrosoftPage<Item> {
        let collection = try answer.read(Collection<Item>.self)
        guard let link = collection.links?.next else { return MicrosoftPage(items: collection.items, next: nil) }
        let named = link.headers?.first { $0.key.lowercased() == "ms-continuationtoken" }?.value
        guard let token = named ?? answer.response.headerFields[Self.continuationToken], !token.isEmpty,
            HTTPField.isValidValue(token)
        else {
            throw answer.unreadable("There is a next page, and nothing that leads to it.")
        }
        return MicrosoftPage(
            items: collection.items, next: try answer.cursor(token, after: continuation.map(PageCursor.init)))
    }
}
