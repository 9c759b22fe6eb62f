import Foundation

/// What a subscription of Azure used: invented, the same for the same subscription and day.
struct AzureUsage: Sendable {
    let subscription: Subscription

    struct Meter: Sendable {
        let id: String
        /// Of the plan's catalogue, where meters have other ids.
        let planID: String
        let name: String
        let category: String
        let subcategory: String
        let region: String
        let unit: String
        /// In ten-thousandths of the unit, a day.
        let daily: Int
        /// In hundredths of the currency, a day.
        let cost: Int
    }

    var meters: [Meter] {
        let factor = 1 + subscription.id.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 97 }
        return [
            Meter(
                id: "8767aeb3-6909-4db2-9927-3f51e9a9085e", planID: "DZH318Z0BNZ5-006G-Data Stored (GB/Month)",
                name: "Storage Admin", category: "Storage", subcategory: "Block Blob", region: "US West",
                unit: "1 GB/Hr", daily: 2177 + factor, cost: 12 + factor),
            Meter(
                id: "2a2419c0-cefe-46b2-8004-8eb002ad606c", planID: "DZH318Z0BNVX-005J-Data Transfer Out (GB)",
                name: "Data Transfer Out", category: "Bandwidth", subcategory: "Bandwidth", region: "US West",
                unit: "1 GB", daily: 11_290 + factor * 3, cost: 4 + factor / 2),
            Meter(
                id: "7e4099c8-2b3d-41a6-a1bd-d5cf315989b2", planID: "DZH318Z0BNXN-0001-D2s v5",
                name: "Compute Hours", category: "Virtual Machines", subcategory: "Dsv5 Series", region: "US West",
                unit: "1 Hour", daily: 240_000, cost: 230 + factor * 2),
        ]
    }

    /// In hundredths, of the month up to now. Nothing while it isn't active.
    func costOfMonth(at now: Date) -> Int {
        guard subscription.status(at: now) == .active else { return 0 }
        return days(at: now) * meters.map(\.cost).reduce(0, +)
    }

    /// Days of the month that are over.
    func days(at now: Date) -> Int { Subscription.calendar.component(.day, from: now) - 1 }
}
