import Foundation

/// What a customer has bought, as Partner Center knows it. Source: Microsoft Learn, "Subscription resources".
struct Subscription: Sendable, Codable, Equatable {
    enum Status: String, Codable, Sendable, CaseIterable {
        case none, active, suspended, deleted, expired, pending, disabled
    }

    enum Kind: String, Codable, Sendable {
        case licence, azurePlan, software
        /// MS-AZR-0145P: the subscription itself stands for one in Azure.
        case legacyAzure
    }

    let id: String
    let customerID: String
    let kind: Kind
    /// `product:sku:availability`; of legacy Azure the offer's name.
    let offerID: String
    let offerName: String
    var friendlyName: String
    var quantity: Int
    /// As it was set last; see ``status(at:)``.
    var setStatus: Status
    /// In lower snake case.
    var billingCycle: String
    /// P1M, P1Y, P3Y or nothing.
    let termDuration: String
    /// The end of the term after which it isn't renewed; nil when it renews itself for ever.
    var endsAt: Date?
    let isTrial: Bool
    let orderID: String
    let createdAt: Date
    /// When it is there for Partner Center's lists; nothing is seen of it before.
    let provisionedAt: Date
    /// The subscription in Azure, of legacy Azure.
    var entitlementID: String?
    /// Counts changes; the ETag follows from it.
    var version = 1

    /// The place in its customer's list, from 1.
    let number: Int

    var isAzure: Bool { kind == .azurePlan || kind == .legacyAzure }
    var autoRenewEnabled: Bool { endsAt == nil && !isTrial && kind != .software }
    var item: CatalogueItem? { Catalogue.item(offerID) }

    /// What is in force now: an end passes without anybody doing anything.
    func status(at now: Date) -> Status {
        guard let endsAt, now >= endsAt, setStatus != .deleted else { return setStatus }
        return .expired
    }

    /// The term that `now` lies in; of one that has ended the last.
    func term(at now: Date) -> DateInterval {
        let now = endsAt.map { min(now, $0.addingTimeInterval(-1)) } ?? now
        let first = Self.calendar.startOfDay(for: createdAt)
        var start = first
        var count = 1
        while let next = end(ofTerm: count, from: first), next <= now, count < 1000 {
            start = next
            count += 1
        }
        return DateInterval(start: start, end: max(start, end(ofTerm: count, from: first) ?? start))
    }

    /// Reducing and cancelling is possible in the first seven days of a term.
    func cancellationAllowedUntil(at now: Date) -> Date? {
        kind == .licence && !isTrial ? term(at: now).start.addingTimeInterval(7 * 86400) : nil
    }

    private func end(ofTerm count: Int, from first: Date) -> Date? {
        Self.calendar.date(byAdding: .month, value: count * Self.months(of: termDuration), to: first)
    }

    /// Of a duration such as P1Y; a year for none.
    static func months(of duration: String) -> Int {
        switch duration {
        case "P1M": 1
        case "P3Y": 36
        default: 12
        }
    }

    static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()
}
