import Foundation
import PortalKit

/// A value as the database stores it.
enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
}

/// A type that is stored in one column.
protocol SQLConvertible {
    var sqlValue: SQLValue { get }

    /// - Throws: ``DatabaseError/unreadable(column:)`` when the column holds something else.
    init(_ value: SQLValue, column: Int) throws
}

extension String: SQLConvertible {
    var sqlValue: SQLValue { .text(self) }

    init(_ value: SQLValue, column: Int) throws {
        guard case .text(let text) = value else { throw DatabaseError.unreadable(column: column) }
        self = text
    }
}

extension Int: SQLConvertible {
    var sqlValue: SQLValue { .integer(Int64(self)) }

    init(_ value: SQLValue, column: Int) throws {
        guard case .integer(let number) = value else { throw DatabaseError.unreadable(column: column) }
        self = Int(number)
    }
}

extension Bool: SQLConvertible {
    var sqlValue: SQLValue { .integer(self ? 1 : 0) }

    init(_ value: SQLValue, column: Int) throws {
        self = try Int(value, column: column) != 0
    }
}

/// BIGINT microseconds since 1970, UTC.
extension Date: SQLConvertible {
    var sqlValue: SQLValue { .integer(Int64((timeIntervalSince1970 * 1_000_000).rounded())) }

    init(_ value: SQLValue, column: Int) throws {
        self.init(timeIntervalSince1970: Double(try Int(value, column: column)) / 1_000_000)
    }
}

extension [UInt8]: SQLConvertible {
    var sqlValue: SQLValue { .bytes(self) }

    init(_ value: SQLValue, column: Int) throws {
        guard case .bytes(let bytes) = value else { throw DatabaseError.unreadable(column: column) }
        self = bytes
    }
}

extension Key: SQLConvertible {
    var sqlValue: SQLValue { .text(rawValue) }

    init(_ value: SQLValue, column: Int) throws {
        self.init(try String(value, column: column))
    }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    var sqlValue: SQLValue { self?.sqlValue ?? .null }

    init(_ value: SQLValue, column: Int) throws {
        self = value == .null ? nil : try Wrapped(value, column: column)
    }
}

/// Enumerations are stored by their raw value; a value of a newer program is refused, not guessed.
extension SQLConvertible where Self: RawRepresentable, RawValue == String {
    var sqlValue: SQLValue { .text(rawValue) }

    init(_ value: SQLValue, column: Int) throws {
        guard let known = Self(rawValue: try String(value, column: column)) else {
            throw DatabaseError.unreadable(column: column)
        }
        self = known
    }
}

/// A value that is stored as JSON in a text column.
struct JSONColumn<Value: Codable>: SQLConvertible {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }

    var sqlValue: SQLValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        // The stored types are plain structures of texts and numbers: encoding them can't fail.
        return .text(String(decoding: (try? encoder.encode(value)) ?? Data("null".utf8), as: UTF8.self))
    }

    init(_ value: SQLValue, column: Int) throws {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do {
            self.value = try decoder.decode(Value.self, from: Data(String(value, column: column).utf8))
        } catch {
            throw DatabaseError.unreadable(column: column)
        }
    }
}
