import Foundation

/// The values of the keyword `format`, each of them checked.
enum StringFormat: String, Sendable {
    case uuid
    /// RFC 3339, with a zone and any number of fraction digits.
    case dateTime = "date-time"
    case date
    /// ISO 8601.
    case duration
    /// RFC 3986, with a scheme.
    case uri

    func matches(_ text: String) -> Bool {
        switch self {
        case .uuid: UUID(uuidString: text) != nil
        case .dateTime:
            Self.dateTimePattern.matches(text) && Self.isDay(text.prefix(10)) && Self.isTime(text.dropFirst(11))
        case .date: Self.datePattern.matches(text) && Self.isDay(text.prefix(10))
        case .duration: Self.durationPattern.matches(text)
        case .uri: Self.uriPattern.matches(text)
        }
    }

    private static let datePattern = Pattern(literal: #"^\d{4}-\d{2}-\d{2}$"#)
    private static let dateTimePattern = Pattern(
        literal: #"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$"#)
    private static let durationPattern = Pattern(
        literal: #"^P(?=[\dT])(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$"#)
    private static let uriPattern = Pattern(literal: #"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$"#)

    private static func isDay(_ text: Substring) -> Bool {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, parts[0] >= 1, (1...12).contains(parts[1]) else { return false }
        let isLeap = parts[0] % 4 == 0 && (parts[0] % 100 != 0 || parts[0] % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[parts[1] - 1]).contains(parts[2])
    }

    /// 60 is a leap second.
    private static func isTime(_ text: Substring) -> Bool {
        let parts = text.prefix(8).split(separator: ":").compactMap { Int($0) }
        return parts.count == 3 && parts[0] < 24 && parts[1] < 60 && parts[2] <= 60
    }
}
