/// All that can be bought here: a small part of Microsoft's catalogue.
enum Catalogue {
    static let items: [CatalogueItem] = [
        online("CFQ7TTC0LH18", "CFQ7TTC0K971", .businessBasic, price: 600, upgrades: ["CFQ7TTC0LDPB:0001"]),
        online("CFQ7TTC0LH18", sku: "0002", "CFQ7TTC0K972", .businessBasic, price: 0, trial: true),
        online("CFQ7TTC0LDPB", "CFQ7TTC0K0GF", .businessStandard, price: 1250),
        online("CFQ7TTC0LCHC", "CFQ7TTC0KHXB", .businessPremium, price: 2200),
        online("CFQ7TTC0LH16", "CFQ7TTC0KQF4", .exchangeOnline, price: 400, quantities: 1...10_000),
        online("CFQ7TTC0LFLX", "CFQ7TTC0KNZ0", .e3, price: 3600, quantities: 1...10_000),
        online("CFQ7TTC0LFLZ", "CFQ7TTC0KNZ5", .e5, price: 5700, quantities: 1...10_000),
        online("CFQ7TTC0H9MP", "CFQ7TTC0KHJ1", .powerBI, price: 1000, quantities: 1...10_000),
        online("CFQ7TTC0HD33", "CFQ7TTC0KHV2", .visio, price: 1500, quantities: 1...10_000, gone: true),
        online("CFQ7TTC0HVZV", "CFQ7TTC0KE1A", .educationA1, price: 0, segment: .education, quantities: 1...50_000),
        online("CFQ7TTC0HX80", "CFQ7TTC0KE2B", .minecraft, price: 100, segment: .education, quantities: 1...10_000),
        azurePlan,
        CatalogueItem(
            productID: "DG7GMGF0D5RK", skuID: "0005", availabilityID: "DG7GMGF0FKX9", title: "Windows Server CAL",
            kind: .software, view: "SoftwarePerpetual", segment: .commercial, quantities: 1...1000, terms: [.once],
            monthlyPrice: 4500),
    ]

    /// Its product id is the same for every partner. Source: Microsoft Learn, "Create an Azure plan".
    static let azurePlan = CatalogueItem(
        productID: "DZH318Z0BPS6", availabilityID: "DZH318Z0BPV4", title: "Azure plan", kind: .azurePlan,
        view: "MicrosoftAzure", segment: .commercial, quantities: 1...1, terms: [.azure], monthlyPrice: 0)

    /// By `product:sku:availability`.
    static func item(_ id: String) -> CatalogueItem? { items.first { $0.id == id } }

    private static func online(
        _ product: String, sku: String = "0001", _ availability: String, _ licence: LicenceProduct, price: Int,
        segment: CatalogueItem.Segment = .commercial, quantities: ClosedRange<Int> = 1...300, trial: Bool = false,
        gone: Bool = false, upgrades: [String] = []
    ) -> CatalogueItem {
        CatalogueItem(
            productID: product, skuID: sku, availabilityID: availability,
            title: trial ? "\(licence.name) (Trial)" : licence.name, kind: .licence, view: "OnlineServices",
            segment: segment, licence: licence, quantities: trial ? 25...25 : quantities,
            terms: trial ? [.month] : [.month, .year, .threeYears], monthlyPrice: price, isTrial: trial, isGone: gone,
            upgrades: upgrades)
    }
}
