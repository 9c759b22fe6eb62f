import Foundation

/// The files of an export: one JSON object a line, one line a customer, at most a thousand a file. Source: Microsoft Learn,
/// "Use the reconciliation files to understand license-based and usage-based charges", which lists the attributes.
struct BillingLines {
    let export: BillingExport
    let partner: Partner

    private static let linesPerFile = 1000

    var blobNames: [String] {
        let count = (partner.customers.count + Self.linesPerFile - 1) / Self.linesPerFile
        return (0..<count).map { "part-\(padded($0, to: 5))-\(export.manifestID).c000.json.gz" }
    }

    /// Nil for a name that is not among them.
    func file(named name: String) -> [UInt8]? {
        guard let index = blobNames.firstIndex(of: name) else { return nil }
        let customers = partner.customers.dropFirst(index * Self.linesPerFile).prefix(Self.linesPerFile)
        return Gzip.file(customers.flatMap { line($0).bytes + [0x0a] })
    }

    private func line(_ customer: Customer) -> JSON {
        let own = export.kind == .usage ? usage(customer) : reconciliation(customer)
        let more: [JSON.Member] =
            export.attributeSet == .basic
            ? [] : (export.kind == .usage ? Self.moreOfUsage : Self.moreOfReconciliation)
        return .object(common(customer) + own + more)
    }

    private var invoice: String {
        if case .billed(let invoice) = export.subject { invoice } else { "" }
    }

    private var currency: String {
        if case .unbilled(let currency, _) = export.subject { currency } else { partner.currency.code }
    }

    /// The first of a month, `offset` months after that of the charges.
    private func month(_ offset: Int) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let isCurrent = export.subject == .unbilled(currency: currency, period: .current)
        let start = calendar.dateInterval(of: .month, for: export.createdAt)?.start ?? export.createdAt
        let date = calendar.date(byAdding: .month, value: (isCurrent ? 0 : -1) + offset, to: start) ?? start
        return date.formatted(.iso8601)
    }

    private func common(_ customer: Customer) -> [JSON.Member] {
        [
            .init("PartnerId", .string(partner.tenantID)), .init("CustomerId", .string(customer.id)),
            .init("CustomerName", .string(customer.name)),
            .init("CustomerDomainName", .string(customer.defaultDomain)),
            .init("CustomerCountry", .string(customer.country.rawValue)), .init("InvoiceNumber", .string(invoice)),
            .init("MpnId", .string(partner.partnerID)), .init("ChargeStartDate", .string(month(0))),
            .init("ChargeEndDate", .string(month(1))),
        ]
    }

    private func reconciliation(_ customer: Customer) -> [JSON.Member] {
        let quantity = customer.number % 40 + 1
        let minor = quantity * 660
        return [
            .init("OrderId", .string("\(customer.id.suffix(12))")), .init("OrderDate", .string(month(-5))),
            .init("ProductId", "CFQ7TTC0LH18"), .init("SkuId", "0001"), .init("AvailabilityId", "CFQ7TTC0K971"),
            .init("SkuName", "Microsoft 365 Business Basic"), .init("ProductName", "Microsoft 365 Business Basic"),
            .init("SubscriptionId", .string(customer.id(of: "5001"))), .init("ChargeType", "cycleFee"),
            .init("UnitPrice", .amount(minor: 660)), .init("EffectiveUnitPrice", .amount(minor: 660)),
            .init("Quantity", .integer(quantity)), .init("BillableQuantity", .integer(quantity)),
            .init("Subtotal", .amount(minor: minor)), .init("TaxTotal", .amount(minor: 0)),
            .init("Total", .amount(minor: minor)), .init("Currency", .string(currency)),
            .init("TermAndBillingCycle", "One-Year commitment for monthly/yearly billing"),
            .init("BillingFrequency", "Monthly"),
        ]
    }

    private func usage(_ customer: Customer) -> [JSON.Member] {
        let minor = customer.number * 137 % 9000 + 5
        return [
            .init("UsageDate", .string(month(0))), .init("ProductId", "DZH318Z0BPS6"), .init("SkuId", "0001"),
            .init("ProductName", "Azure plan"), .init("SubscriptionId", .string(customer.id(of: "5002"))),
            .init("EntitlementId", .string(customer.id(of: "a201"))), .init("ChargeType", "new"),
            .init("MeterCategory", "Storage"), .init("MeterName", "Hot LRS Data Stored"), .init("Unit", "1 GB/Month"),
            .init("Quantity", .number(Double(customer.number) + 0.25)), .init("UnitPrice", .number(0.0208)),
            .init("BillingPreTaxTotal", .amount(minor: minor)), .init("BillingCurrency", .string(currency)),
            .init("PricingPreTaxTotal", .amount(minor: minor)), .init("PricingCurrency", "USD"),
        ]
    }

    private static let moreOfReconciliation: [JSON.Member] = [
        .init("Tier2MpnId", ""), .init("PriceAdjustmentDescription", ""), .init("PublisherName", "Microsoft"),
        .init("PublisherId", ""), .init("SubscriptionDescription", "Microsoft 365 Business Basic"),
        .init("UnitType", "Licenses"), .init("AlternateId", ""), .init("PricingCurrency", "USD"),
        .init("PCToBCExchangeRate", 1), .init("PCToBCExchangeRateDate", "0001-01-01T00:00:00"),
        .init("MeterDescription", ""), .init("ReservationOrderId", ""), .init("CreditReasonCode", ""),
        .init("ReferenceId", ""), .init("ProductQualifiers", ""), .init("PromotionId", ""),
        .init("ProductCategory", ""),
    ]

    private static let moreOfUsage: [JSON.Member] = [
        .init("PublisherName", "Microsoft"), .init("PublisherId", ""), .init("AvailabilityId", ""),
        .init("MeterType", "Data Stored"), .init("MeterId", ""), .init("MeterSubCategory", "Tiered Block Blob"),
        .init("MeterRegion", "EU West"), .init("ResourceLocation", "EUWEST"),
        .init("ConsumedService", "Microsoft.Storage"), .init("ResourceGroup", "practice"),
        .init("ResourceURI", ""), .init("Tags", ""), .init("AdditionalInfo", ""),
        .init("PartnerEarnedCreditPercentage", 15), .init("CreditType", "PartnerEarnedCredit"),
        .init("PCToBCExchangeRate", 1), .init("PCToBCExchangeRateDate", "0001-01-01T00:00:00"),
        .init("BenefitOrderId", ""), .init("BenefitId", ""), .init("BenefitType", ""),
    ]
}
