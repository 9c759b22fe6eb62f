import Foundation

/// What came of a command: lines for a person, and the same as JSON.
package struct AdminAnswer: Codable, Sendable {
    package var lines: [String]
    package var json: String
    /// Why nothing was done.
    package var problem: String?

    package init(_ value: some Encodable, lines: [String]) throws {
        self.lines = lines
        json = try Self.encode(value)
    }

    /// A table's rows, in columns that a program can cut at tabs.
    package init<Row: Encodable>(_ rows: [Row], empty: String, line: (Row) -> [String]) throws {
        try self.init(rows, lines: rows.isEmpty ? [empty] : rows.map { line($0).joined(separator: "\t") })
    }

    package init(done: String, _ facts: [String: String] = [:]) throws {
        try self.init(facts.merging(["done": done]) { fact, _ in fact }, lines: [done])
    }

    package init(problem: String) {
        lines = []
        json = "{}"
        self.problem = problem
    }

    package func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(type, from: Data(json.utf8))
    }

    private static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

/// A command that can't be carried out, in words for the person at the machine.
package struct AdminProblem: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
