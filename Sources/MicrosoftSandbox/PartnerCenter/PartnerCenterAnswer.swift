/// What a call of Partner Center gives.
struct PartnerCenterAnswer: Sendable {
    let json: JSON
    /// For the response's header; it stands in the body's `links.next` too.
    var continuationToken: String?
}

/// Every resource has `links`, whose addresses lack the prefix `/v1`, and `attributes`.
enum PartnerCenterLink {
    static func to(_ uri: String, continuation token: String? = nil) -> JSON {
        let headers: [JSON] = token.map { [["key": "MS-ContinuationToken", "value": .string($0)]] } ?? []
        return ["uri": .string(uri), "method": "GET", "headers": .array(headers)]
    }

    static func own(_ uri: String) -> JSON { ["self": to(uri)] }
}
