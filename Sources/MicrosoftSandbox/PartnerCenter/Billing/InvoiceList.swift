import Foundation

/// A partner's invoices of the last months, the newest first. Source: Microsoft Learn, "Get a collection of invoices":
/// the one list here that pages by size and offset.
struct InvoiceList {
    let partner: Partner
    let now: Date

    static let count = 4

    var all: [Invoice] { (0..<Self.count).map(invoice) }

    /// By its id, with or without its type before it.
    func invoice(_ id: String) -> Invoice? {
        let id = id.lowercased()
        return all.first { $0.id.lowercased() == id || (Invoice.typePrefix + $0.id).lowercased() == id }
    }

    /// Everything when `size` is not sent. `fault` is asked where there is a next page.
    func page(
        size: Int?, offset: Int?, fault: () -> Fault.Kind?
    ) throws(PartnerCenterFault) -> PartnerCenterAnswer {
        let offset = offset ?? 0
        if size == 0 { throw .invalidProperty("size") }
        let start = min(offset, Self.count)
        let end = min(Self.count, start + min(size ?? Self.count, Self.count))
        let shownSize = size ?? Self.count
        var links: [JSON.Member] = [
            .init("self", PartnerCenterLink.to("/invoices?size=\(shownSize)&offset=\(offset)"))
        ]
        if end < Self.count {
            let fault = fault()
            let next = fault == .pageLoop ? start : fault == .pageOverlap ? max(start, end - 1) : end
            let host = fault == .nextLinkElsewhere ? "\(Fault.elsewhere)/v1" : ""
            links.append(.init("next", PartnerCenterLink.to("\(host)/invoices?size=\(shownSize)&offset=\(next)")))
        }
        return PartnerCenterAnswer(json: [
            "totalCount": .integer(Self.count),
            "items": .array(all[start..<end].map(\.json)),
            "links": .object(links),
            "attributes": ["objectType": "Collection"],
        ])
    }

    /// For the month that ended `monthsAgo` + 1 months ago, dated on the eighth of the next.
    private func invoice(_ monthsAgo: Int) -> Invoice {
        let calendar = Subscription.calendar
        let thisMonth = calendar.dateInterval(of: .month, for: now)?.start ?? now
        func moved(_ date: Date, months: Int = 0, days: Int = 0) -> Date {
            calendar.date(byAdding: DateComponents(month: months, day: days), to: date) ?? date
        }
        let billed = moved(thisMonth, months: -monthsAgo)
        let number =
            90_000 + calendar.component(.year, from: billed) % 100 * 100 + calendar.component(.month, from: billed)
        return Invoice(
            id: partner.invoicePrefix + String(number), date: moved(billed, days: 7),
            period: DateInterval(start: moved(billed, months: -1), end: billed),
            totalCharges: 123_456 + monthsAgo * 7_891,
            paidAmount: monthsAgo == 0 ? 0 : 123_456 + monthsAgo * 7_891, currency: partner.currency)
    }
}
