import Foundation

extension Date {
    /// Of a header field, in its preferred form (RFC 9110 §5.6.7); `nil` for any other. Asked at every answer of a provider.
    init?(httpField text: String) {
        guard let date = Self.httpFormat.date(from: text) else { return nil }
        self = date
    }

    private static let httpFormat: DateFormatter = {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = .gmt
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format
    }()
}
