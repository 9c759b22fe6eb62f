import Foundation

/// One invoice of a partner, of one month. Source: Microsoft Learn, "Get a collection of invoices".
struct Invoice: Sendable {
    let id: String
    let date: Date
    /// The month that is billed.
    let period: DateInterval
    /// In hundredths.
    let totalCharges: Int
    let paidAmount: Int
    let currency: (code: String, symbol: String)

    /// The links name it with its type before it.
    static let typePrefix = "OneTime-"

    var json: JSON {
        [
            "id": .string(id), "invoiceDate": PartnerCenterDate.seconds(date),
            "billingPeriodStartDate": PartnerCenterDate.seconds(period.start),
            "billingPeriodEndDate": PartnerCenterDate.seconds(period.end.addingTimeInterval(-86400)),
            "totalCharges": .amount(minor: totalCharges), "paidAmount": .amount(minor: paidAmount),
            "currencyCode": .string(currency.code), "currencySymbol": .string(currency.symbol),
            "pdfDownloadLink": "/invoices/\(id)/documents/statement",
            "taxReceipts": [],
            "invoiceDetails": [
                [
                    "invoiceLineItemType": "billing_line_items", "billingProvider": "one_time",
                    "links": PartnerCenterLink.own(
                        "/invoices/\(Self.typePrefix)\(id)/lineitems/OneTime/BillingLineItems"),
                    "attributes": ["objectType": "InvoiceDetail"],
                ]
            ],
            "documentType": "invoice", "invoiceType": "OneTime",
            "links": PartnerCenterLink.own("/invoices/\(Self.typePrefix)\(id)"),
            "attributes": ["objectType": "Invoice"],
        ]
    }
}
