import Foundation

/// How long a relationship lasts, as its partner wrote it. A year counts 365 days and a month 30.
struct RelationshipDuration: Codable, Sendable, Equatable {
    let text: String
    let seconds: TimeInterval

    private static let day: TimeInterval = 86_400

    /// An ISO 8601 duration (`P730D`, `P1Y6M`, `PT48H`), whatever its length. Nil for any other text.
    init?(_ text: String) {
        guard text.utf8.count <= 40, text.first == "P", text.count > 2 else { return nil }
        var units: [(Character, TimeInterval)] = [
            ("Y", 365 * Self.day), ("M", 30 * Self.day), ("W", 7 * Self.day), ("D", Self.day),
        ]
        var total: TimeInterval = 0
        var number = ""
        var isTime = false
        for character in text.dropFirst() {
            switch character {
            case "T" where number.isEmpty && !isTime:
                isTime = true
                units = [("H", 3600), ("M", 60), ("S", 1)]
            case "0"..."9":
                number.append(character)
            default:
                guard let index = units.firstIndex(where: { $0.0 == character }), let count = Double(number) else {
                    return nil
                }
                total += count * units[index].1
                number = ""
                units.removeFirst(index + 1)
            }
        }
        guard number.isEmpty, text.last != "T" else { return nil }
        self.text = text
        seconds = total
    }

    init(days: Int) {
        text = "P\(days)D"
        seconds = Double(days) * Self.day
    }

    /// From one day to two years, both included. Source: Microsoft Learn, "Create delegatedAdminRelationship".
    var isAllowed: Bool { (Self.day...2 * 365 * Self.day).contains(seconds) }
}
