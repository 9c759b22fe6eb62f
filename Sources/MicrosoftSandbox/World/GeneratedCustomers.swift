/// Any number of customers from a seed: the same number and seed give the same companies, and a longer list begins
/// with the shorter one.
enum GeneratedCustomers {
    static func make(_ count: Int, seed: UInt64, partnerTenantID: String) -> [Customer] {
        var random = SplitMix64(state: seed)
        return (0..<count).map { index in
            let first = firstWords[random.next(below: firstWords.count)]
            let second = secondWords[random.next(below: secondWords.count)]
            let trade = trades[random.next(below: trades.count)]
            let digits = String(index + 1)
            let prefix = "\(first)\(second)\(digits)".lowercased()
            return Customer(
                id: "dddddddd-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits,
                name: "\(first) \(second) \(trade)",
                prefix: prefix,
                verifiedDomain: random.next(below: 3) == 0 ? "\(prefix).example" : nil,
                country: random.next(below: 8) == 0 ? .CA : .US,
                partnerTenantID: partnerTenantID,
                number: index + 1
            )
        }
    }

    private static let firstWords = [
        "Amber", "Birch", "Canyon", "Cedar", "Cobalt", "Coral", "Crimson", "Dusty", "Eagle", "Ember", "Falcon",
        "Golden",
        "Granite", "Hazel", "Indigo", "Ivory", "Juniper", "Lantern", "Liberty", "Lunar", "Mesa", "Misty", "North",
        "Oak",
        "Prairie", "Quiet", "River", "Rustic", "Sage", "Silver", "Summit", "Timber", "Velvet", "Willow", "Winter",
        "Zephyr",
    ]
    private static let secondWords = [
        "Acre", "Arch", "Bend", "Bluff", "Bridge", "Brook", "Corner", "Creek", "Cross", "Field", "Forge", "Gate",
        "Glen",
        "Grove", "Harbor", "Hill", "Hollow", "Island", "Lake", "Mill", "Park", "Pier", "Point", "Ridge", "Shore",
        "Trail",
    ]
    private static let trades = [
        "Accounting", "Architects", "Auto Repair", "Bakery", "Bicycles", "Bookshop", "Builders", "Catering",
        "Chiropractic",
        "Clinic", "Dental", "Electric", "Farm Supply", "Florists", "Foundry", "Freight", "Furniture", "Garden Center",
        "Heating", "Insurance", "Interiors", "Landscaping", "Law", "Logistics", "Optical", "Orchards", "Pharmacy",
        "Plumbing",
        "Press", "Realty", "Roofing", "Savings", "School", "Solar", "Stables", "Theatre", "Travel", "Veterinary",
    ]
}

/// Steele, Lea and Flood's generator (2014): tiny, and the same on every machine.
private struct SplitMix64 {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
