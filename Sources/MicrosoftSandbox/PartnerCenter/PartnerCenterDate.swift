import Foundation

/// Partner Center's dates: to the second, with seven digits, without a zone, or the year 1 for none.
enum PartnerCenterDate {
    static let none: JSON = "0001-01-01T00:00:00"

    /// 2026-01-15T10:00:00Z
    static func seconds(_ date: Date) -> JSON { .string(date.formatted(.iso8601)) }

    /// 2026-01-15T10:00:00
    static func withoutZone(_ date: Date) -> JSON { .string(String(date.formatted(.iso8601).dropLast())) }

    /// 2026-01-15T10:00:00+00:00
    static func offset(_ date: Date) -> JSON { .string(date.formatted(.iso8601).dropLast() + "+00:00") }

    /// 2026-01-15T10:00:00.1234567Z
    static func sevenDigits(_ date: Date) -> JSON { .string(withSevenDigits(date) + "Z") }

    static func sevenDigitsWithoutZone(_ date: Date) -> JSON { .string(withSevenDigits(date)) }

    private static func withSevenDigits(_ date: Date) -> String {
        let whole = date.timeIntervalSince1970.rounded(.down)
        let fraction = Int((date.timeIntervalSince1970 - whole) * 1e7)
        let seconds = Date(timeIntervalSince1970: whole).formatted(.iso8601).dropLast()
        return "\(seconds).\(padded(min(max(fraction, 0), 9_999_999), to: 7))"
    }

    /// A date with or without time, fraction and zone; without a zone it is UTC.
    static func read(_ text: String) -> Date? {
        guard text.utf8.count <= 40 else { return nil }
        let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        let day = String(parts[0])
        guard day.utf8.count == 10 else { return nil }
        var time = parts.count > 1 ? String(parts[1]) : "00:00:00Z"
        if let dot = time.firstIndex(of: ".") {
            let end = time[time.index(after: dot)...].firstIndex { !$0.isNumber } ?? time.endIndex
            time.removeSubrange(dot..<end)
        }
        if !time.hasSuffix("Z"), !time.contains("+"), !time.contains("-") { time += "Z" }
        return try? Date("\(day)T\(time)", strategy: .iso8601)
    }
}
