/// Source: Microsoft Learn, "Get a list of product promotions".
struct PromotionCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    /// Those of one country and segment: one, for commercial.
    func list() throws -> PartnerCenterAnswer {
        let country = try call.query.country()
        guard let text = call.query["segment"], let segment = CatalogueItem.Segment(rawValue: text.lowercased()) else {
            throw PartnerCenterFault.invalidProperty("segment")
        }
        let promotions = segment == .commercial ? [promotion] : []
        return .collection(promotions, at: "/productpromotions?segment=\(segment.rawValue)&country=\(country)")
    }

    private var promotion: JSON {
        [
            "id": "39NFJQT1PRAC:0001:39NFJQT1Q001", "name": "New customer offer",
            "description": "15 % off the first year of Microsoft 365 Business Premium.",
            "startDate": "2025-01-01T00:00:00Z", "endDate": "2099-12-31T00:00:00Z", "isAutoApplicable": true,
            "requiredProducts": [
                [
                    "productId": "CFQ7TTC0LCHC", "skuId": "0001",
                    "term": ["duration": "P1Y", "billingCycle": "Annual"],
                    "pricingPolicies": [["type": "PercentDiscount", "value": "0.15"]],
                ]
            ],
        ]
    }
}
