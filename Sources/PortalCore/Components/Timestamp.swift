import Foundation
import HTML

/// "4 min ago" within a day of `now`, else "21 Nov 2026, 10:04 UTC"; the exact second in the tooltip.
func timestamp(_ date: Date, now: Date) -> HTML {
    let time = UTCTime(date)
    return """
        <time datetime="\(time.iso)" title="\(time.exact)">\(relative(date, now: now) ?? time.text)</time>
        """
}

/// "until 10:04 UTC", which becomes "29:41 left" where JavaScript runs.
func countdown(until date: Date) -> HTML {
    let time = UTCTime(date)
    return """
        <time datetime="\(time.iso)" data-until="\(time.iso)">until \(time.clock) UTC</time>
        """
}

private func relative(_ date: Date, now: Date) -> String? {
    let seconds = Int(now.timeIntervalSince(date).rounded(.down))
    let distance = seconds.magnitude
    let amount: String
    switch distance {
    case ..<45: return seconds < 0 ? "in a moment" : "just now"
    case ..<3_570: amount = "\((distance + 30) / 60) min"
    case ..<86_400: amount = "\((distance + 1_800) / 3_600) h"
    default: return nil
    }
    return seconds < 0 ? "in \(amount)" : "\(amount) ago"
}

/// A moment in the civil calendar of UTC, without the weight of a formatter: tables show one a row.
struct UTCTime {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int

    init(_ date: Date) {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        var days = seconds / 86_400
        if seconds % 86_400 < 0 { days -= 1 }
        let rest = seconds - days * 86_400
        // Days from 1 March 0000, in eras of 400 years: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = rest / 3_600
        minute = rest / 60 % 60
        second = rest % 60
    }

    /// 2026-11-21T10:04:05Z
    var iso: String { "\(isoDate)T\(clock):\(two(second))Z" }
    /// 2026-11-21 10:04:05 UTC
    var exact: String { "\(isoDate) \(clock):\(two(second)) UTC" }
    /// 21 Nov 2026, 10:04 UTC
    var text: String { "\(day) \(Self.months[month - 1]) \(year), \(clock) UTC" }
    /// 10:04
    var clock: String { "\(two(hour)):\(two(minute))" }

    private var isoDate: String { "\(year)-\(two(month))-\(two(day))" }
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

private func two(_ number: Int) -> String {
    number < 10 ? "0\(number)" : String(number)
}
