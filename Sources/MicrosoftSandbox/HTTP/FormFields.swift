import Hummingbird

/// The fields of an `application/x-www-form-urlencoded` body or of a query. Of a repeated field the first counts; a
/// field that is empty counts as not sent.
struct FormFields: Sendable {
    private(set) var pairs: [(name: String, value: String)]

    init(_ text: String) {
        pairs = text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decode(parts[0]), parts.count > 1 ? Self.decode(parts[1]) : "")
        }
    }

    init(query request: Request) {
        self.init(request.uri.query ?? "")
    }

    /// At most 256 KB; more is answered 413.
    init(body request: Request) async throws {
        self.init(String(buffer: try await request.body.collect(upTo: 256 * 1024)))
    }

    subscript(_ name: String) -> String? {
        pairs.first { $0.name == name && !$0.value.isEmpty }?.value
    }

    private static func decode(_ text: Substring) -> String {
        let spaced = String(text.map { $0 == "+" ? " " : $0 })
        return spaced.percentDecoded() ?? spaced
    }
}
