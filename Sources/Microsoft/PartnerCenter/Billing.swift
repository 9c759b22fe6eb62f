public import Foundation
import HTTPTypes

extension PartnerCenter {
    /// A page of invoices, by offset. "Get a collection of invoices": the cheapest reading call that needs a right.
    ///
    /// - Parameter cursor: ``MicrosoftPage/next`` of the page before: the number of invoices read so far.
    public func invoices(size: Int, after cursor: String?) async throws -> MicrosoftPage<Invoice> {
        guard let offset = Int(cursor ?? "0"), (0...Self.mostInvoices).contains(offset) else {
            throw MicrosoftFault(.unsendable, "\"\((cursor ?? "").prefix(100))\" is not an offset.")
        }
        let answer = try await service.answer(.get("/v1/invoices", ["size": "\(size)", "offset": "\(offset)"]))
        let collection = try answer.read(Collection<Invoice>.self)
        let read = offset + collection.items.count
        let isMore = collection.links?.next != nil || (collection.totalCount ?? 0) > read
        guard isMore else { return MicrosoftPage(items: collection.items, next: nil) }
        guard read > offset else { throw answer.unreadable("A page in the middle of the list is empty.") }
        guard read <= Self.mostInvoices else {
            throw answer.unusable(.endlessPages, "The pages of the list don't come to an end.")
        }
        return MicrosoftPage(items: collection.items, next: "\(read)")
    }

    private static let mostInvoices = 1_000_000

    /// "Get invoice by ID".
    public func invoice(_ id: String) async throws -> Invoice {
        try await service.value(.get("/v1/invoices/\(id)"))
    }

    /// What is owed, for each currency. "Get invoice summaries".
    public func invoiceSummaries() async throws -> [InvoiceSummary] {
        try await all("/v1/invoices/summaries")
    }

    /// Lines of the period that are not on an invoice yet ("Get invoice unbilled reconciliation line items"). Microsoft
    /// announced their end for March 2026: ``Graph/exportUnbilled(_:currencyCode:period:attributes:)`` replaces them.
    public func unbilledLines(
        currencyCode: String, period: BillingPeriod, size: Int = 2_000, after cursor: String?
    ) async throws -> MicrosoftPage<InvoiceLine> {
        try await seek(
            "/v1/invoices/unbilled/lineitems",
            [
                "provider": "onetime", "invoicelineitemtype": "billinglineitems", "currencycode": currencyCode,
                "period": period.rawValue, "size": "\(size)",
            ], after: cursor)
    }

    public enum BillingPeriod: String, Sendable {
        case current
        case previous
    }

    public struct Invoice: Sendable, Decodable, Equatable {
        public let id: String
        @Lenient public private(set) var invoiceDate: Date?
        @Lenient public private(set) var billingPeriodStartDate: Date?
        @Lenient public private(set) var billingPeriodEndDate: Date?
        @Lenient public private(set) var totalCharges: Decimal?
        @Lenient public private(set) var paidAmount: Decimal?
        /// ISO 4217.
        public let currencyCode: String?
        public let documentType: DocumentType?
        /// `Recurring` or `OneTime`.
        public let invoiceType: String?
        /// Relative to `/v1`.
        public let pdfDownloadLink: String?

        public struct DocumentType: MicrosoftWord {
            public let rawValue: String

            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            public static let invoice: Self = "invoice"
            public static let adjustmentNote: Self = "adjustment_note"
            public static let voidNote: Self = "void_note"
        }
    }

    public struct InvoiceSummary: Sendable, Decodable, Equatable {
        @Lenient public private(set) var balanceAmount: Decimal?
        public let currencyCode: String?
        @Lenient public private(set) var accountingDate: Date?
        @Lenient public private(set) var firstInvoiceCreationDate: Date?
        @Lenient public private(set) var lastPaymentDate: Date?
        @Lenient public private(set) var lastPaymentAmount: Decimal?
        @Lenient public private(set) var latestInvoiceDate: Date?
    }

    /// A line of a bill. It has no id of its own.
    public struct InvoiceLine: Sendable, Decodable, Equatable {
        /// With `org:` before it in some rows.
        public let customerId: String?
        public let customerName: String?
        public let customerDomainName: String?
        public let orderId: String?
        public let subscriptionId: String?
        public let productId: String?
        public let skuId: String?
        public let availabilityId: String?
        public let productName: String?
        public let skuName: String?
        public let chargeType: String?
        @Lenient public private(set) var orderDate: Date?
        @Lenient public private(set) var chargeStartDate: Date?
        @Lenient public private(set) var chargeEndDate: Date?
        @Lenient public private(set) var subscriptionStartDate: Date?
        @Lenient public private(set) var subscriptionEndDate: Date?
        @Lenient public private(set) var unitPrice: Decimal?
        @Lenient public private(set) var effectiveUnitPrice: Decimal?
        @Lenient public private(set) var quantity: Decimal?
        @Lenient public private(set) var billableQuantity: Decimal?
        @Lenient public private(set) var subtotal: Decimal?
        @Lenient public private(set) var taxTotal: Decimal?
        @Lenient public private(set) var totalForCustomer: Decimal?
        public let currency: String?
        public let termAndBillingCycle: String?
        public let billingFrequency: String?
    }
}
