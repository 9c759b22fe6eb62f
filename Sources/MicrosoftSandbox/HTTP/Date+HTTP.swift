import Foundation

extension Date {
    /// As a header field has it (RFC 9110 §5.6.7).
    var httpField: String { Self.httpFormat.string(from: self) }

    private static let httpFormat: DateFormatter = {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = .gmt
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format
    }()
}
