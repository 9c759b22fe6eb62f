public import Foundation

/// Dates as Microsoft's services write them: ISO 8601 with up to 7 (or more) digits of a second's fraction, with `Z`, with
/// an offset or without a zone (then UTC), with or without a time; `0001-01-01` and an empty text mean that there is none.
public enum MicrosoftDate {
    /// Nil for "none" and for what is not a date.
    public static func date(_ text: String) -> Date? {
        guard case .date(let date) = read(text) else { return nil }
        return date
    }

    /// Seconds, UTC: `2026-01-15T10:00:00Z`.
    public static func text(_ date: Date) -> String {
        date.formatted(.iso8601)
    }

    /// The day in UTC: `2026-01-15`.
    public static func day(_ date: Date) -> String {
        String(text(date).prefix(10))
    }

    enum Reading {
        case date(Date)
        case none
        case malformed
    }

    static func read(_ text: String) -> Reading {
        var rest = Array(text.utf8)[...]
        if rest.isEmpty { return .none }
        guard let year = number(&rest, digits: 4), skip(&rest, "-"), let month = number(&rest, digits: 2),
            skip(&rest, "-"), let day = number(&rest, digits: 2), (1...12).contains(month), (1...31).contains(day)
        else { return .malformed }
        var seconds = Double(days(year, month, day) * 86_400)
        if skip(&rest, "T") || skip(&rest, "t") || skip(&rest, " ") {
            guard let time = time(&rest), let offset = offset(&rest) else { return .malformed }
            seconds += time - Double(offset)
        }
        guard rest.isEmpty else { return .malformed }
        return year <= 1 ? .none : .date(Date(timeIntervalSince1970: seconds))
    }

    /// Seconds since midnight.
    private static func time(_ rest: inout ArraySlice<UInt8>) -> Double? {
        guard let hour = number(&rest, digits: 2), skip(&rest, ":"), let minute = number(&rest, digits: 2), hour < 25,
            minute < 60
        else { return nil }
        let whole = Double(hour * 3_600 + minute * 60)
        guard skip(&rest, ":") else { return whole }
        guard let second = number(&rest, digits: 2), second < 61 else { return nil }
        guard skip(&rest, ".") else { return whole + Double(second) }
        let digits = rest.prefix { isDigit($0) }.prefix(12)
        rest = rest.drop { isDigit($0) }
        guard let fraction = Double("0.\(String(decoding: digits, as: UTF8.self))"), !digits.isEmpty else { return nil }
        return whole + Double(second) + fraction
    }

    /// Seconds east of UTC; 0 without a zone.
    private static func offset(_ rest: inout ArraySlice<UInt8>) -> Int? {
        if rest.isEmpty || skip(&rest, "Z") || skip(&rest, "z") { return 0 }
        let sign = skip(&rest, "-") ? -1 : skip(&rest, "+") ? 1 : 0
        guard sign != 0, let hours = number(&rest, digits: 2) else { return nil }
        _ = skip(&rest, ":")
        guard let minutes = number(&rest, digits: 2) else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }

    private static func number(_ rest: inout ArraySlice<UInt8>, digits: Int) -> Int? {
        let part = rest.prefix(digits)
        guard part.count == digits, part.allSatisfy(isDigit) else { return nil }
        rest = rest.dropFirst(digits)
        return part.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private static func skip(_ rest: inout ArraySlice<UInt8>, _ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar; years begin in March, so that the leap day is the last.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
