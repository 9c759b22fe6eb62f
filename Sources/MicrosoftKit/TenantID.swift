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
        throw FieldProblem("Enter the \(name): 32 digits and letters (a to f) in five groups, like aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee.")
    }

    private static func guids(in text: String) -> [String] {
        var found: [String] = []
        for match in text.lowercased().matches(of: /[0-9a-f\s]+(?:-[0-9a-f\s]+){4}|\b[0-9a-f]{32}\b/) {
            let digits = match.output.filter { $0.isHexDigit }
            guard digits.count == 32 else { continue }
            let guid = hyphenated(digits)
            if !found.contains(guid) { found.append(guid) }
        }
        return found
    }

    private static func hyphenated(_ digits: String) -> String {
        var rest = Substring(digits)
        return [8, 4, 4, 4, 12].map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }
}
