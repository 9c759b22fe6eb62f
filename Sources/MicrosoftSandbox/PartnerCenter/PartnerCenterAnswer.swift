import HTTPTypes

/// What a call of Partner Center gives.
struct PartnerCenterAnswer: Sendable {
    enum Body: Sendable {
        case none
        case json(JSON)
        /// JSON as it was sent before.
        case text(String)
        case pdf([UInt8])
    }

    var status: HTTPResponse.Status
    var body: Body
    /// For the response's header; it stands in the body's `links.next` too.
    var continuationToken: String?
    /// Seconds.
    var retryAfter: Int?

    init(_ status: HTTPResponse.Status = .ok, json: JSON, continuationToken: String? = nil) {
        self.status = status
        self.continuationToken = continuationToken
        body = .json(json)
    }

    init(_ status: HTTPResponse.Status, _ body: Body = .none, retryAfter: Int? = nil) {
        self.status = status
        self.body = body
        self.retryAfter = retryAfter
    }

    /// A whole collection. Most say where they are, some don't.
    static func collection(_ items: [JSON], at uri: String? = nil) -> PartnerCenterAnswer {
        PartnerCenterAnswer(json: [
            "totalCount": .integer(items.count), "items": .array(items),
            "links": uri.map { PartnerCenterLink.own($0) } ?? .absent, "attributes": ["objectType": "Collection"],
        ])
    }
}
