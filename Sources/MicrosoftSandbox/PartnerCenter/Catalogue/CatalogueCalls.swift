import Foundation

/// The catalogue: products, their SKUs, and the availabilities of those. Below a customer it holds what that customer
/// may buy. Source: Microsoft Learn, "Get a list of products", "Get a list of SKUs for a product" and "Get a list of
/// availabilities for a SKU".
struct CatalogueCalls {
    let call: PartnerCenterCall
    /// Nil for the partner's own catalogue.
    private let customer: Customer?
    private let country: String
    private let segment: CatalogueItem.Segment?

    /// Partners here have no access to `government`.
    private static let partnerSegments: Set<CatalogueItem.Segment> = [.commercial, .education, .nonprofit]
    private static let views: Set<String> = [
        "azure", "azurereservations", "azurereservationsvm", "azurereservationssql", "azurereservationscosmosdb",
        "microsoftazure", "onlineservices", "software", "softwaresuselinux", "softwareperpetual",
        "softwaresubscriptions", "marketplacesaas",
    ]

    init(_ call: PartnerCenterCall) throws {
        self.call = call
        let customer = call.parameters["customer"] == nil ? nil : try call.customer()
        self.customer = customer
        country = try customer.map { call.sandbox.countryCode(of: $0) } ?? call.query.country()
        let asked = call.query["targetSegment"]
        segment = asked.flatMap { CatalogueItem.Segment(rawValue: $0.lowercased()) }
        let allowed = customer.map(\.segments) ?? Self.partnerSegments
        if asked != nil {
            guard let segment, allowed.contains(segment) else { throw PartnerCenterFault.segmentNotAllowed }
        }
    }

    private var base: String { (customer.map { "/customers/\($0.id)" } ?? "") + "/products" }

    private var items: [CatalogueItem] {
        let allowed = customer.map(\.segments) ?? Self.partnerSegments
        return Catalogue.items.filter { allowed.contains($0.segment) && (segment == nil || $0.segment == segment) }
    }

    func products() throws -> PartnerCenterAnswer {
        guard let view = call.query["targetView"] else { throw PartnerCenterFault.invalidProperty("targetView") }
        guard Self.views.contains(view.lowercased()) else { throw PartnerCenterFault.viewNotAllowed }
        if view.lowercased().hasPrefix("azurereservations"), call.query["reservationScope"] == nil {
            throw PartnerCenterFault.invalidProperty("reservationScope")
        }
        var seen: Set<String> = []
        let products = items.filter { item in
            item.view.lowercased().hasPrefix(view.lowercased()) && seen.insert(item.productID).inserted
        }
        let uri = "\(base)?country=\(country)&targetView=\(view)"
        return .collection(products.map(product), at: uri)
    }

    /// None: everything here is new commerce. Source: Microsoft Learn, "Get a list of offers for a market".
    func legacyOffers() throws -> PartnerCenterAnswer {
        guard call.query["country"] != nil else { throw PartnerCenterFault.invalidProperty("country") }
        return .collection([], at: "/offers?country=\(country)")
    }

    func product() throws -> PartnerCenterAnswer {
        guard let item = try skus(of: call.parameter("product")).first else { throw PartnerCenterFault.productNotFound }
        return PartnerCenterAnswer(json: product(item))
    }

    func skus() throws -> PartnerCenterAnswer {
        let skus = try skus(of: call.parameter("product"))
        return .collection(
            skus.map(sku), at: "\(base)/\(skus[0].productID)/skus?country=\(country)")
    }

    func sku() throws -> PartnerCenterAnswer { PartnerCenterAnswer(json: sku(try foundSKU())) }

    func availabilities() throws -> PartnerCenterAnswer {
        let item = try foundSKU()
        return .collection(
            [availability(item)],
            at: "\(base)/\(item.productID)/skus/\(item.skuID)/availabilities?country=\(country)")
    }

    /// What is gone is answered 200 with an error in the body.
    func availability() throws -> PartnerCenterAnswer {
        let item = try foundSKU()
        guard item.availabilityID.lowercased() == call.parameter("availability").lowercased() else {
            throw PartnerCenterFault.availabilityNotFound
        }
        if item.isGone {
            return PartnerCenterAnswer(json: [
                "code": "400072", "description": "This item isn't available.", "data": [], "source": "PartnerFD",
            ])
        }
        return PartnerCenterAnswer(json: availability(item))
    }

    /// Not empty.
    private func skus(of product: String) throws(PartnerCenterFault) -> [CatalogueItem] {
        let skus = items.filter { $0.productID.lowercased() == product.lowercased() }
        guard !skus.isEmpty else { throw .productNotFound }
        return skus
    }

    private func foundSKU() throws(PartnerCenterFault) -> CatalogueItem {
        let id = call.parameter("sku").lowercased()
        guard let item = try skus(of: call.parameter("product")).first(where: { $0.skuID.lowercased() == id }) else {
            throw .skuNotFound
        }
        return item
    }

    private func product(_ item: CatalogueItem) -> JSON {
        let uri = "\(base)/\(item.productID)"
        let title = Catalogue.items.first { $0.productID == item.productID && !$0.isTrial }?.title ?? item.title
        return [
            "id": .string(item.productID), "title": .string(title), "description": .string("\(title), sold by term."),
            "productType": ["id": .string(item.productType.id), "displayName": .string(item.productType.name)],
            "isMicrosoftProduct": true, "publisherName": "Microsoft Corporation",
            "links": [
                "skus": PartnerCenterLink.to("\(uri)/skus?country=\(country)"),
                "self": PartnerCenterLink.to("\(uri)?country=\(country)"),
            ],
        ]
    }

    private func sku(_ item: CatalogueItem) -> JSON {
        let uri = "\(base)/\(item.productID)/skus/\(item.skuID)"
        let cycles = Set(item.terms.flatMap(\.billingCycles)).sorted()
        return [
            "id": .string(item.skuID), "productId": .string(item.productID), "title": .string(item.title),
            "description": .string("\(item.title), sold by term."),
            "minimumQuantity": .integer(item.quantities.lowerBound),
            "maximumQuantity": .integer(item.quantities.upperBound), "isTrial": .bool(item.isTrial),
            "supportedBillingCycles": .strings(cycles), "purchasePrerequisites": ["MicrosoftCustomerAgreement"],
            "inventoryVariables": [], "provisioningVariables": [], "actions": ["Refund"],
            "dynamicAttributes": [
                "isMicrosoftProduct": true, "hasConstraints": true, "isAddon": false, "prerequisiteSkus": [],
                "isSoftwareAssuranceApplicable": false, "upgradeTargetOffers": .strings(item.upgrades),
                "provisioningId": .optional(item.licence?.skuID), "internal": false,
            ],
            "links": [
                "availabilities": PartnerCenterLink.to("\(uri)/availabilities?country=\(country)"),
                "self": PartnerCenterLink.to("\(uri)?country=\(country)"),
            ],
        ]
    }

    private func availability(_ item: CatalogueItem) -> JSON {
        let uri = "\(base)/\(item.productID)/skus/\(item.skuID)/availabilities/\(item.availabilityID)"
        let currency = Currency(country: country)
        return [
            "id": .string(item.availabilityID), "productId": .string(item.productID), "skuId": .string(item.skuID),
            "catalogItemId": .string(item.id),
            "defaultCurrency": ["code": .string(currency.code), "symbol": .string(currency.symbol)],
            "segment": .string(item.segment.rawValue), "country": .string(country),
            "isPurchasable": .bool(!item.isGone), "isRenewable": .bool(!item.isTrial && item.kind == .licence),
            "renewalInstructions": [
                [
                    "applicableTermIds": .strings(item.terms.map(\.id)),
                    "renewalOptions": [
                        ["renewToId": "\(item.productID):\(item.skuID)", "isAutoRenewable": .bool(!item.isTrial)]
                    ],
                ]
            ],
            "terms": .array(item.terms.flatMap(terms)),
            "links": ["self": PartnerCenterLink.to("\(uri)?country=\(country)")],
        ]
    }

    /// One for each billing cycle, with a capital here and nowhere else.
    private func terms(_ term: CatalogueItem.Term) -> [JSON] {
        term.billingCycles.map { cycle in
            [
                "id": .string(term.id), "duration": .string(term.duration),
                "description": .string(term.description), "billingCycle": .string(cycle.capitalized),
                "cancellationPolicies": [
                    ["refundOptions": [["sequenceId": 0, "type": "Full", "expiresAfter": "P7D"]]]
                ],
            ]
        }
    }
}

extension Customer {
    /// Schools may buy what is for education. Source: Microsoft Learn, "Customer qualification".
    var segments: Set<CatalogueItem.Segment> {
        number % 10 == 3 ? [.commercial, .education] : [.commercial]
    }
}
