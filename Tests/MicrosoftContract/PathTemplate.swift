/// A path with variables, at most one in a segment: `/users/{userId}`,
/// `/servicePrincipals(appId='{appId}')/owners`.
struct PathTemplate: Sendable {
    private struct Segment: Sendable {
        let prefix: String
        /// nil for a segment that is `prefix` and nothing else.
        let variable: String?
        let suffix: String
    }

    let text: String
    private let segments: [Segment]

    init(_ node: DocumentNode, text: String) throws {
        self.text = text
        guard text.hasPrefix("/") else { throw node.error("is not a path") }
        segments = try text.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            let parts = segment.split(separator: "{", omittingEmptySubsequences: false)
            guard parts.count > 1 else { return Segment(prefix: String(segment), variable: nil, suffix: "") }
            let rest = parts[1].split(separator: "}", omittingEmptySubsequences: false)
            guard parts.count == 2, rest.count == 2, !rest[0].isEmpty else {
                throw node.error("has a segment that is not text, a variable, text")
            }
            return Segment(prefix: String(parts[0]), variable: String(rest[0]), suffix: String(rest[1]))
        }
    }

    var variables: [String] { segments.compactMap(\.variable) }

    /// The more of it is fixed, the better it fits a path that several templates match.
    var fixedLength: Int { segments.reduce(0) { $0 + $1.prefix.count + $1.suffix.count } }

    /// The values of the variables, or nil where the path is another.
    ///
    /// - Parameter path: its segments, percent-decoded.
    func match(_ path: [String], ignoresCase: Bool) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var values: [String: String] = [:]
        for (segment, text) in zip(segments, path) {
            let fold = { (text: String) in ignoresCase ? text.lowercased() : text }
            guard let variable = segment.variable else {
                if fold(segment.prefix) == fold(text) { continue }
                return nil
            }
            guard fold(text).hasPrefix(fold(segment.prefix)), fold(text).hasSuffix(fold(segment.suffix)),
                text.count > segment.prefix.count + segment.suffix.count
            else { return nil }
            values[variable] = String(text.dropFirst(segment.prefix.count).dropLast(segment.suffix.count))
        }
        return values
    }
}
