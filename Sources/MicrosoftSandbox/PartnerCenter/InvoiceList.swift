import Foundation

/// A partner's invoices of the last months, the newest first. Source: Microsoft Learn, "Get a collection of invoices":
/// the one list here that pages by size and offset.
struct InvoiceList {
    let partner: Partner
    let now: Date

    static let count = 4

    /// Everything when `size` is not sent.
    func page(size: Int?, offset: Int?) throws(PartnerCenterFault) -> PartnerCenterAnswer {
        let offset = offset ?? 0
        if size == 0 { throw .invalidProperty("size") }
        let start = min(offset, Self.count)
        let end = min(Self.count, start + min(size ?? Self.count, Self.count))
        let shownSize = size ?? Self.count
        var links: [JSON.Member] = [
            .init("self", PartnerCenterLink.to("/invoices?size=\(shownSize)&offset=\(offset)"))
        ]
        if end < Self.count {
            links.append(.init("next", PartnerCenterLink.to("/invoices?size=\(shownSize)&offset=\(end)")))
        }
        return PartnerCenterAnswer(json: [
            "totalCount": .integer(Self.count),
            "items": .array((start..<end).map(invoice)),
            "links": .object(links),
            "attributes": ["objectType": "Collection"],
        ])
    }

    /// For the month that ended `monthsAgo` + 1 months ago, dated on the eighth of the next.
    private func invoice(_ monthsAgo: Int) -> JSON {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let thisMonth = calendar.dateInterval(of: .month, for: now)?.start ?? now
        func moved(_ date: Date, months: Int = 0, days: Int = 0) -> Date {
            calendar.date(byAdding: DateComponents(month: months, day: days), to: date) ?? date
        }
        let billed = moved(thisMonth, months: -monthsAgo)
        let id =
            partner.invoicePrefix
            + String(
                90_000 + calendar.component(.year, from: billed) % 100 * 100
                    + calendar.component(.month, from: billed))
        return [
            "id": .string(id),
            "invoiceDate": .string(moved(billed, days: 7).formatted(.iso8601)),
            "billingPeriodStartDate": .string(moved(billed, months: -1).formatted(.iso8601)),
            "billingPeriodEndDate": .string(moved(billed, days: -1).formatted(.iso8601)),
            "totalCharges": .amount(minor: 123_456 + monthsAgo * 7_891),
            "paidAmount": .amount(minor: monthsAgo == 0 ? 0 : 123_456 + monthsAgo * 7_891),
            "currencyCode": .string(partner.currency.code),
            "currencySymbol": .string(partner.currency.symbol),
            "pdfDownloadLink": "/invoices/\(id)/documents/statement",
            "taxReceipts": [],
            "invoiceDetails": [
                [
                    "invoiceLineItemType": "billing_line_items",
                    "billingProvider": "one_time",
                    "links": PartnerCenterLink.own("/invoices/OneTime-\(id)/lineitems/OneTime/BillingLineItems"),
                    "attributes": ["objectType": "InvoiceDetail"],
                ]
            ],
            "documentType": "invoice",
            "invoiceType": "OneTime",
            "links": PartnerCenterLink.own("/invoices/OneTime-\(id)"),
            "attributes": ["objectType": "Invoice"],
        ]
    }
}
