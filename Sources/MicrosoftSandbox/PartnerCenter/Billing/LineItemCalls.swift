import Foundation

/// Lines of an invoice, and of what isn't billed yet. Source: Microsoft Learn, "Get invoice unbilled commercial
/// consumption line items" and "Get invoice line items".
struct LineItemCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    private static let largestPage = 2000

    /// `unbilled` in place of an invoice's id needs a currency and a period.
    func list() throws -> PartnerCenterAnswer {
        let size = try call.query.number("size") ?? Self.largestPage
        guard (1...Self.largestPage).contains(size) else { throw PartnerCenterFault.invalidProperty("size") }
        let provider = try choice("provider", ["onetime", "marketplace", "office", "azure", "all"])
        let type = try choice("invoicelineitemtype", ["billinglineitems", "usagelineitems"])
        let isUnbilled = call.parameter("invoice").lowercased() == "unbilled"
        let invoice = isUnbilled ? nil : try invoice()
        let month = try invoice?.period ?? unbilledMonth()
        var uri = "/invoices/\(isUnbilled ? "unbilled" : call.parameter("invoice"))/lineitems"
        uri += "?provider=\(provider)&invoicelineitemtype=\(type)"
        if isUnbilled {
            uri += "&currencycode=\(call.partner.currency.code)&period=\(call.query["period"]?.lowercased() ?? "")"
        }
        uri += "&size=\(size)"
        let customers = call.partner.customers
        let hasLines = ["onetime", "all"].contains(provider) && type == "billinglineitems"
        return try SeekPage(call: call, uri: uri).answer(outerCount: hasLines ? customers.count : 0, size: size) {
            lines(of: customers[$0], in: month, invoice)
        }
    }

    /// From the path in an invoice's links, or else from the query; without case.
    private func choice(_ name: String, _ known: [String]) throws(PartnerCenterFault) -> String {
        guard let value = (call.parameters[name] ?? call.query[name])?.lowercased(), known.contains(value) else {
            throw .invalidProperty(name)
        }
        return value
    }

    private func invoice() throws(PartnerCenterFault) -> Invoice {
        let list = InvoiceList(partner: call.partner, now: call.now)
        guard let invoice = list.invoice(call.parameter("invoice")) else { throw .notFound }
        return invoice
    }

    private func unbilledMonth() throws(PartnerCenterFault) -> DateInterval {
        guard call.query["currencycode"]?.uppercased() == call.partner.currency.code else {
            throw .invalidProperty("currencycode")
        }
        let period = try choice("period", ["current", "previous"])
        let calendar = Subscription.calendar
        let day = calendar.date(byAdding: .month, value: period == "current" ? 0 : -1, to: call.now) ?? call.now
        return calendar.dateInterval(of: .month, for: day) ?? DateInterval(start: day, duration: 86400)
    }

    /// One for each licence that was there in the month.
    private func lines(of customer: Customer, in month: DateInterval, _ invoice: Invoice?) -> [JSON] {
        call.sandbox.subscriptions(of: customer).filter { subscription in
            subscription.kind == .licence && !subscription.isTrial && subscription.createdAt < month.end
                && (subscription.endsAt ?? .distantFuture) > month.start
                && [.active, .suspended].contains(subscription.setStatus)
        }.map { subscription in
            LineItemJSON(
                subscription: subscription, customer: customer, country: call.sandbox.countryCode(of: customer),
                partner: call.partner, month: month, invoice: invoice
            ).json
        }
    }
}
