/// Every resource has `links`, whose addresses lack the prefix `/v1`, and `attributes`.
enum PartnerCenterLink {
    static func to(_ uri: String, method: String = "GET", continuation token: String? = nil) -> JSON {
        let headers: [JSON] = token.map { [["key": "MS-ContinuationToken", "value": .string($0)]] } ?? []
        return ["uri": .string(uri), "method": .string(method), "headers": .array(headers)]
    }

    static func own(_ uri: String) -> JSON { ["self": to(uri)] }
}
