import Foundation
import HTTPTypes

/// Invoices and what is on them.
struct InvoiceCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    private var list: InvoiceList { InvoiceList(partner: call.partner, now: call.now) }

    func page() throws -> PartnerCenterAnswer {
        try list.page(size: call.query.number("size"), offset: call.query.number("offset")) {
            let fault = call.sandbox.faults.take(call.call, [.pageLoop, .pageOverlap, .nextLinkElsewhere])
            if let fault { call.context.note.add("fault: \(fault.kind.rawValue)") }
            return fault?.kind
        }
    }

    func one() throws -> PartnerCenterAnswer { PartnerCenterAnswer(json: try found().json) }

    /// Source: Microsoft Learn, "Get invoice statement".
    func statement() throws -> PartnerCenterAnswer {
        let invoice = try found()
        return PartnerCenterAnswer(
            .ok, .pdf(OnePagePDF(text: "Invoice \(invoice.id) - a practice statement, not a bill").bytes))
    }

    /// Source: Microsoft Learn, "Get invoice summaries".
    func summaries() -> PartnerCenterAnswer {
        let invoices = list.all
        let open = invoices.map { $0.totalCharges - $0.paidAmount }.reduce(0, +)
        let latest = invoices.first?.date ?? call.now
        let summary: [JSON.Member] = [
            .init("balanceAmount", .amount(minor: open)),
            .init("currencyCode", .string(call.partner.currency.code)),
            .init("currencySymbol", .string(call.partner.currency.symbol)),
            .init("accountingDate", PartnerCenterDate.withoutZone(latest)),
            .init("firstInvoiceCreationDate", PartnerCenterDate.withoutZone(invoices.last?.date ?? call.now)),
            .init("lastPaymentDate", PartnerCenterDate.none), .init("lastPaymentAmount", 0),
            .init("latestInvoiceDate", PartnerCenterDate.withoutZone(latest)),
            .init("attributes", ["objectType": "InvoiceSummary"]),
        ]
        let details = JSON.Member("details", [["invoiceType": "OneTime", "summary": .object(summary)]])
        let links = JSON.Member("links", PartnerCenterLink.own("/invoices/summary"))
        return .collection([.object(summary + [details, links])], at: "/invoices/summaries")
    }

    private func found() throws(PartnerCenterFault) -> Invoice {
        guard let invoice = list.invoice(call.parameter("invoice")) else { throw .notFound }
        return invoice
    }
}
