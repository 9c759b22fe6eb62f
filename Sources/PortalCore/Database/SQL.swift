import Foundation

/// A statement, built by string interpolation: values become bindings, and no string made at run time becomes text.
///
///     let sql: SQL = "SELECT name FROM broker WHERE id = \(id)"
///
/// Written so that SQLite 3.40 and PostgreSQL 15 both take it: BIGINT microseconds for time, BYTEA for bytes,
/// `NULLS LAST`, `LOWER(x) LIKE`, ids made by us.
struct SQL: Sendable {
    var text: String
    var values: [SQLValue]
}

extension SQL: ExpressibleByStringInterpolation {
    init(stringLiteral value: StaticString) {
        text = value.description
        values = []
    }

    init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
        values = stringInterpolation.values
    }

    struct StringInterpolation: StringInterpolationProtocol {
        var text = ""
        var values: [SQLValue] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount)
        }

        mutating func appendLiteral(_ literal: StaticString) {
            text += literal.description
        }

        mutating func appendInterpolation(_ value: some SQLConvertible) {
            text += "?"
            values.append(value.sqlValue)
        }

        mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value?) {
            text += "?"
            values.append(value.sqlValue)
        }

        mutating func appendInterpolation(_ fragment: SQL) {
            text += fragment.text
            values += fragment.values
        }
    }
}

extension String {
    /// For columns that are searched: without case, accents and widths, the same in every database.
    var folded: String {
        folding(
            options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: Locale(identifier: "en_US_POSIX"))
    }

    /// As a pattern for `folded column LIKE … ESCAPE '\'`: anywhere in the text, wildcards taken literally.
    var likePattern: String {
        let escaped = folded.map { "\\%_".contains($0) ? "\\\($0)" : String($0) }.joined()
        return "%\(escaped)%"
    }
}
