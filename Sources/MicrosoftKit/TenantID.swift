import PortalKit

/// A tenant's id: a GUID, in lower case with hyphens.
public enum TenantID {
    /// Understands spaces, braces, upper case, a GUID without hyphens, and an address with one GUID in it.
    ///
    /// - Throws: ``FieldProblem`` that says what was found instead.
    public static func parse(_ text: String, named name: String = "Microsoft ID") throws -> String {
        let found = guids(in: text)
        if found.count == 1, let only = found.first { return only }
        if found.count > 1 {
            throw FieldProblem("There are several ids in what you entered. Enter the \(name) alone.")
        }
        if text.contains("@") {
            throw FieldProblem("That is an e-mail address. Enter the \(name): 32 digits and letters in five groups.")
        }
        if text.contains(".") && !text.contains("/") {
            throw FieldProblem("That is a domain. Enter the \(name): 32 digits and letters in five groups.")
        }
        throw FieldProblem(
            "Enter the \(name): 32 digits and letters (a to f) in five groups, like aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee."
        )
    }

    private static func guids(in text: String) -> [String] {
        var found: [String] = []
        // Blanks around the hyphens come from copied tables and line breaks.
        let joined = text.lowercased().replacing(/\s*-\s*/, with: "-")
        let pattern = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b/
        for match in joined.matches(of: pattern) {
            let guid = hyphenated(match.output.filter { $0.isHexDigit })
            if !found.contains(guid) { found.append(guid) }
        }
        return found
    }

    private static func hyphenated(_ digits: some StringProtocol) -> String {
        var rest = digits[...]
        return [8, 4, 4, 4, 12].map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }
}
