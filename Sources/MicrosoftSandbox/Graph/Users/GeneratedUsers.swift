import Foundation

/// The users of a directory who are names only: always the same for a seed and a tenant. Between 1 and 38 besides those
/// who can sign in; about every twelfth customer has none, and in the 500th and the 1,000th of a large partner there are
/// 1,500 with them.
struct GeneratedUsers {
    let directory: Directory
    let settings: WorldSettings

    /// 2024-03-01 08:00 UTC: when the oldest users were created.
    static let firstDay = Date(timeIntervalSince1970: 1_709_280_000)
    static let largeCustomers = [500, 1000]

    private static let titles = [
        "Accountant", "Apprentice", "Baker", "Bookkeeper", "Buyer", "Clerk", "Designer", "Director", "Driver",
        "Engineer", "Manager", "Receptionist", "Sales representative", "Technician", "Warehouse lead",
    ]
    private static let departments = ["Administration", "Finance", "Operations", "Production", "Sales", "IT"]
    private static let partnersOfCustomers = ["contractor.example", "auditors.example", "freelance.example"]

    private var stream: UInt64 {
        directory.id.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private var count: Int {
        guard let customer = directory.customer else { return 14 }
        if customer.partnerTenantID == World.libertyTenantID, Self.largeCustomers.contains(customer.number) {
            return 1500 - customer.people.count
        }
        var random = SplitMix64(seed: settings.seed, stream: stream)
        return random.next(below: 12) == 0 && customer.number > 3 ? 0 : 1 + random.next(below: 38)
    }

    /// Ids count up from group `1000`; what belongs to a customer is found by its id.
    var all: [DirectoryUser] {
        var taken: Set<String> = []
        return (0..<count).map { index in
            var random = SplitMix64(seed: settings.seed ^ stream, stream: UInt64(index))
            return user(index, &random, &taken)
        }
    }

    private func user(_ index: Int, _ random: inout SplitMix64, _ taken: inout Set<String>) -> DirectoryUser {
        let names =
            random.next(below: 3) > 0 ? PersonNames.usual(in: directory.country) : random.pick(of: PersonNames.all)
        let given = random.pick(of: names.given)
        let family = random.pick(of: names.family)
        let isGuest = random.next(below: 12) == 0
        let home = isGuest ? random.pick(of: Self.partnersOfCustomers) : directory.domains[directory.domains.count - 1]
        var local = "\(given.latin).\(family.latin)"
        if !taken.insert(local).inserted {
            local += String(index + 1)
            taken.insert(local)
        }
        let address = "\(local)@\(home)"
        let createdAt = Self.firstDay.addingTimeInterval(Double(random.next(below: 600 * 86400)))
        var user = DirectoryUser(
            id: directory.id(of: String(0x1000 + index, radix: 16)),
            userPrincipalName: isGuest ? DirectoryUser.guestName(of: address, in: directory) : address,
            displayName: displayName(index, otherwise: names.displayName(given, family)), givenName: given.written,
            surname: family.written, mail: address, createdAt: createdAt)
        if isGuest {
            let isAccepted = random.next(below: 3) > 0
            user.invitation = isAccepted ? .Accepted : .PendingAcceptance
            user.invitationChangedAt = isAccepted ? createdAt.addingTimeInterval(86400) : createdAt
        } else {
            fill(&user, &random)
        }
        return user
    }

    private func fill(_ user: inout DirectoryUser, _ random: inout SplitMix64) {
        user.userType = .Member
        user.isEnabled = random.next(below: 15) > 0
        user.jobTitle = random.next(below: 3) > 0 ? random.pick(of: Self.titles) : nil
        user.department = random.next(below: 3) > 0 ? random.pick(of: Self.departments) : nil
        user.usageLocation = random.next(below: 8) > 0 ? directory.country.rawValue : nil
        user.preferredLanguage = random.next(below: 2) == 0 ? directory.country.culture : nil
        user.companyName = random.next(below: 4) == 0 ? String(directory.name.prefix(64)) : nil
        if random.next(below: 20) == 0 { user.mail = nil }
    }

    /// Entra allows 256 characters.
    private func displayName(_ index: Int, otherwise plain: String) -> String {
        guard settings.names == .hostile, index % 7 == 6 else { return plain }
        return String(settings.names.name(at: index, otherwise: plain) { _ in plain }.text.prefix(256))
    }
}

extension Directory {
    /// The id of something that belongs to the tenant: `group` has four hexadecimal digits.
    func id(of group: String) -> String { "\(id.prefix(9))\(group)\(id.dropFirst(13))" }
}
