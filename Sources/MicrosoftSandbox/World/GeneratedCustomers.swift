/// Any number of customers from a seed: the same number and seed give the same companies, and a longer list begins
/// with the shorter one. Each follows from its place alone.
struct GeneratedCustomers: Sendable {
    let count: Int
    let seed: UInt64
    let names: WorldNames
    let partnerTenantID: String

    private static let idPrefix = "dddddddd-0000-4000-8000-"

    subscript(index: Int) -> Customer {
        var random = SplitMix64(seed: seed, stream: UInt64(index))
        let first = random.pick(of: Self.firstWords)
        let second = random.pick(of: Self.secondWords)
        let trade = random.pick(of: Self.trades)
        let hasOwnDomain = random.next(below: 3) == 0
        let country: Country = random.next(below: 8) == 0 ? .CA : .US
        let number = index + 1
        let prefix = "\(first)\(second)\(number)".lowercased()
        let name = names.name(at: index, otherwise: "\(first) \(second) \(trade)") { self[$0].name }
        return Customer(
            id: Self.idPrefix + padded(number, to: 12), name: name.text, prefix: prefix,
            verifiedDomain: hasOwnDomain ? "\(prefix).example" : nil, country: name.country ?? country,
            partnerTenantID: partnerTenantID, number: number)
    }

    /// By tenant id, which ends in the number.
    func customer(_ id: String) -> Customer? {
        guard id.hasPrefix(Self.idPrefix), let number = Int(id.dropFirst(Self.idPrefix.count)) else { return nil }
        return numbered(number)
    }

    /// By domain, whose first label ends in the number.
    func customer(domain: String) -> Customer? {
        let label = domain.prefix { $0 != "." }
        let digits = label.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
        guard let number = Int(String(digits)), let customer = numbered(number), customer.domains.contains(domain)
        else {
            return nil
        }
        return customer
    }

    private func numbered(_ number: Int) -> Customer? {
        (1...max(1, count)).contains(number) && count > 0 ? self[number - 1] : nil
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
        "Chiropractic", "Clinic", "Dental", "Electric", "Farm Supply", "Florists", "Foundry", "Freight", "Furniture",
        "Garden Center", "Heating", "Insurance", "Interiors", "Landscaping", "Law", "Logistics", "Optical", "Orchards",
        "Pharmacy", "Plumbing", "Press", "Realty", "Roofing", "Savings", "School", "Solar", "Stables", "Theatre",
        "Travel", "Veterinary",
    ]
}
