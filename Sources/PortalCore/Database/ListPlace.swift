import Foundation

/// A place in a list that is sorted by time and id: where the page before ended, stable while rows come and go.
struct ListPlace: Sendable, Hashable {
    let date: Date
    let id: String

    init(date: Date, id: String) {
        self.date = date
        self.id = id
    }

    /// As it stands in addresses; `nil` for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let micros = Int(parts[0]), micros < 1 << 60, parts[1].utf8.count <= 100 else {
            return nil
        }
        date = Date(timeIntervalSince1970: Double(micros) / 1_000_000)
        id = String(parts[1])
    }

    var text: String { "\(Int((date.timeIntervalSince1970 * 1_000_000).rounded()))-\(id)" }
}
