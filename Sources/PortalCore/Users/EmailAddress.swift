import Foundation

/// An e-mail address as accounts have it: lower case, without what a mail's header could be bent by.
struct EmailAddress: Sendable, Hashable {
    let text: String

    /// - Returns: `nil` for what is none.
    init?(typed: String) {
        let text = typed.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.generalCategory != .control && !scalar.properties.isWhitespace
                && !"<>()[]\\,;:\"".unicodeScalars.contains(scalar)
        }
        guard isPlain, text.utf8.count <= 254, parts.count == 2, !parts[0].isEmpty, parts[0].first != "-",
            parts[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }),
            parts[1].contains(".")
        else { return nil }
        self.text = text
    }
}
