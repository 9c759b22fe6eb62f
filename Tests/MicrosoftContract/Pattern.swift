import Foundation

/// A regular expression, searched for anywhere in a text, as the keyword `pattern` means it.
struct Pattern: Sendable {
    let text: String
    private let expression: NSRegularExpression

    init(_ text: String) throws {
        self.text = text
        expression = try NSRegularExpression(pattern: text)
    }

    /// A pattern that is written in the code, and so is right.
    init(literal: StaticString) {
        text = literal.description
        expression = try! NSRegularExpression(pattern: literal.description)
    }

    func matches(_ text: String) -> Bool {
        expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }
}
