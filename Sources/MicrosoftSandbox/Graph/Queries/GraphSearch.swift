/// `$search` on directory objects: quoted clauses `"property:words"`, joined by AND and OR. Source: Microsoft Learn,
/// "Use the $search query parameter".
struct GraphSearch<Object: GraphObject>: Sendable {
    private struct Clause {
        let property: GraphProperty<Object>
        let text: String
    }

    /// One of the groups must match, with all its clauses.
    private let groups: [[Clause]]

    private static var searchable: [String] {
        ["displayName", "description", "mail", "mailNickname", "userPrincipalName", "givenName", "surname"]
    }

    init(_ text: String) throws(GraphFault) {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 3, parts.count % 2 == 1, parts.first == "", parts.last == "" else {
            throw .invalidSearch(text)
        }
        var groups: [[Clause]] = [[]]
        for (index, part) in parts.enumerated().dropFirst().dropLast() {
            if index % 2 == 1 {
                groups[groups.count - 1].append(try Self.clause(part))
            } else {
                switch part.trimming().uppercased() {
                case "AND": break
                case "OR": groups.append([])
                default: throw .invalidSearch(text)
                }
            }
        }
        self.groups = groups
    }

    func matches(_ object: Object) -> Bool {
        groups.contains { $0.allSatisfy { Self.matches($0, object) } }
    }

    private static func clause(_ text: String) throws(GraphFault) -> Clause {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let property = Object.property(named: parts[0]), searchable.contains(property.name),
            !parts[1].trimming().isEmpty
        else { throw .invalidSearch(text) }
        return Clause(property: property, text: parts[1].trimming().lowercased())
    }

    /// The beginning of the whole or of one of its words.
    private static func matches(_ clause: Clause, _ object: Object) -> Bool {
        guard let text = clause.property.value(object).text?.lowercased() else { return false }
        let words = text.split { !$0.isLetter && !$0.isNumber }
        return text.hasPrefix(clause.text) || words.contains { $0.hasPrefix(clause.text) }
    }
}
