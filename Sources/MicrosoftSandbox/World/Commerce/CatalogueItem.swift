/// Something that a partner can buy for a customer: one SKU of a product in its one availability. Source: Microsoft
/// Learn, "Get a list of products", "Get a list of SKUs for a product" and "Get a list of availabilities for a SKU".
struct CatalogueItem: Sendable {
    enum Kind: String, Codable, Sendable {
        case licence, azurePlan, software
    }

    enum Segment: String, Sendable, CaseIterable {
        case commercial, education, government, nonprofit
    }

    struct Term: Sendable {
        let id: String
        /// P1M, P1Y, P3Y.
        let duration: String
        /// In lower snake case, as carts name them.
        let billingCycles: [String]
        let description: String
    }

    let productID: String
    var skuID = "0001"
    let availabilityID: String
    let title: String
    let kind: Kind
    /// The `targetView` that shows it.
    let view: String
    let segment: Segment
    var licence: LicenceProduct?
    var quantities = 1...300
    let terms: [Term]
    /// In hundredths of the currency, a licence and month.
    let monthlyPrice: Int
    var isTrial = false
    /// Listed, though it can no longer be bought.
    var isGone = false
    /// `product:sku` of what it can become.
    var upgrades: [String] = []

    var id: String { "\(productID):\(skuID):\(availabilityID)" }

    /// Source: Microsoft Learn, "Subscription resources".
    var productType: (id: String, name: String) {
        switch kind {
        case .licence: ("OnlineServicesNCE", "OnlineServicesNCE")
        case .azurePlan: ("Azure", "Azure")
        case .software: ("Software", "Software")
        }
    }
}

extension CatalogueItem.Term {
    static let month = Self(
        id: "5aeco6mffyxm", duration: "P1M", billingCycles: ["monthly"],
        description: "One-Month commitment for monthly billing")
    static let year = Self(
        id: "5aeco6mffyxo", duration: "P1Y", billingCycles: ["annual", "monthly"],
        description: "One-Year commitment for monthly/yearly billing")
    static let threeYears = Self(
        id: "5aeco6mffyx3", duration: "P3Y", billingCycles: ["triennial", "annual", "monthly"],
        description: "Three-Year commitment for monthly/3 Years/yearly billing")
    static let azure = Self(
        id: "5aeco6mffyxa", duration: "P1M", billingCycles: ["monthly"], description: "Pay as you go, billed monthly")
    static let once = Self(
        id: "5aeco6mffyxp", duration: "", billingCycles: ["one_time"], description: "One time purchase")
}
