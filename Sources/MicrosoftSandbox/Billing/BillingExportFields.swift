/// What a caller sent to start an export. Source: Microsoft Learn, "billedReconciliation: export",
/// "unbilledReconciliation: export", "billedUsage: export" and "unbilledUsage: export".
struct BillingExportFields {
    let subject: BillingExport.Subject
    let attributeSet: BillingExport.AttributeSet

    init(_ body: JSON, isBilled: Bool) throws(GraphFault) {
        let allowed = isBilled ? ["invoiceId", "attributeSet"] : ["currencyCode", "billingPeriod", "attributeSet"]
        if let unknown = try body.properties().first(where: { !allowed.contains($0.name) }) {
            throw .wrong("The parameter '\(unknown.name)' is not known.")
        }
        attributeSet =
            body["attributeSet"].isAbsent ? .full : try Self.choice("attributeSet", body["attributeSet"])
        if isBilled {
            guard let invoice = body["invoiceId"].text, (1...64).contains(invoice.utf8.count) else {
                throw .wrong("The invoiceId is required.")
            }
            subject = .billed(invoice: invoice)
        } else {
            guard let currency = body["currencyCode"].text, currency.utf8.count == 3,
                currency.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
            else { throw .wrong("The currencyCode must be an ISO 4217 code.") }
            subject = .unbilled(
                currency: currency, period: try Self.choice("billingPeriod", body["billingPeriod"]))
        }
    }

    private static func choice<Choice: RawRepresentable<String>>(
        _ name: String, _ value: JSON
    ) throws(GraphFault) -> Choice {
        guard let choice = value.text.flatMap(Choice.init(rawValue:)) else {
            throw .wrong("The value of \(name) is not valid.")
        }
        return choice
    }
}
