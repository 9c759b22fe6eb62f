import Foundation
import HTTPTypes

/// The field `Retry-After` (RFC 9110 §10.2.3): seconds, or a date, which is held against the answer's own `Date`.
enum RetryAfter {
    /// At most a day; nil when absent or of no known form.
    static func duration(in fields: HTTPFields) -> Duration? {
        guard let text = fields[.retryAfter]?.trimmingCharacters(in: .whitespaces) else { return nil }
        if let seconds = Int(text) { return .seconds(min(max(seconds, 0), longest)) }
        guard let until = date(text), let now = fields[.date].flatMap(date) else { return nil }
        return .seconds(Int(min(max(until.timeIntervalSince(now), 0), Double(longest))))
    }

    /// An IMF-fixdate, the only form that is still written.
    private static func date(_ text: String) -> Date? {
        let pattern = /[A-Za-z]{3}, ([0-9]{2}) ([A-Za-z]{3}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT/
        guard let match = text.wholeMatch(of: pattern), let month = months.firstIndex(of: match.output.2.lowercased())
        else { return nil }
        let number = month + 1
        return MicrosoftDate.date(
            "\(match.output.3)-\(number < 10 ? "0" : "")\(number)-\(match.output.1)"
                + "T\(match.output.4):\(match.output.5):\(match.output.6)Z")
    }

    private static let longest = 86_400
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
}

extension HTTPField.Name {
    static let retryAfter = literal("Retry-After")
}
