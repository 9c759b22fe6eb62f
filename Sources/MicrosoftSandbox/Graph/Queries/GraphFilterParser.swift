/// Reads a `$filter`: `or`, `and`, `not`, parentheses, comparisons, `in`, and the functions of texts.
struct GraphFilterParser<Object: GraphObject> {
    private enum Token: Equatable {
        case word(String)
        case text(String)
        case open, close, comma
    }

    private let tokens: [Token]
    private var position = 0

    private static var longest: Int { 10_000 }
    private static var deepest: Int { 30 }

    init(_ text: String) throws(GraphFault) {
        guard text.utf8.count <= Self.longest else { throw .invalidFilter("The filter is too long.") }
        tokens = try Self.tokens(of: text)
    }

    mutating func wholeFilter() throws(GraphFault) -> GraphFilter<Object> {
        let filter = try alternatives(depth: 0)
        guard position == tokens.count else { throw .invalidFilter("Syntax error at its end.") }
        return filter
    }

    private mutating func alternatives(depth: Int) throws(GraphFault) -> GraphFilter<Object> {
        guard depth < Self.deepest else { throw .invalidFilter("The filter is too deep.") }
        var parts = [try conjunction(depth: depth)]
        while takesWord("or") { parts.append(try conjunction(depth: depth)) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction(depth: Int) throws(GraphFault) -> GraphFilter<Object> {
        var parts = [try term(depth: depth)]
        while takesWord("and") { parts.append(try term(depth: depth)) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func term(depth: Int) throws(GraphFault) -> GraphFilter<Object> {
        guard depth < Self.deepest else { throw .invalidFilter("The filter is too deep.") }
        if takesWord("not") { return .not(try term(depth: depth + 1)) }
        if takes(.open) {
            let inner = try alternatives(depth: depth + 1)
            try expect(.close)
            return inner
        }
        guard case .word(let word) = next() else { throw .invalidFilter("A property is missing.") }
        if let test = GraphFilter<Object>.TextTest(rawValue: word.lowercased()), takes(.open) {
            return try textTest(test)
        }
        return try comparison(of: try property(word))
    }

    private mutating func textTest(
        _ test: GraphFilter<Object>.TextTest
    ) throws(GraphFault) -> GraphFilter<Object> {
        guard case .word(let name) = next() else { throw .invalidFilter("A property is missing.") }
        let property = try property(name)
        if test == .contains, Object.isDirectoryObject { throw .unsupportedFilter(property.name) }
        try expect(.comma)
        guard case .text(let text) = next() else { throw .invalidFilter("A text is missing.") }
        try expect(.close)
        return .tests(property, test, text.lowercased())
    }

    private mutating func comparison(of property: GraphProperty<Object>) throws(GraphFault) -> GraphFilter<Object> {
        guard case .word(let word) = next() else { throw .invalidFilter("An operator is missing.") }
        if word.lowercased() == "in" {
            try expect(.open)
            var literals = [try literal()]
            while takes(.comma) { literals.append(try literal()) }
            try expect(.close)
            return .isOneOf(property, literals)
        }
        guard let comparison = GraphFilter<Object>.Comparison(rawValue: word.lowercased()) else {
            throw .invalidFilter("\(word) is no operator.")
        }
        return .compares(property, comparison, try literal())
    }

    /// A GUID or a time may stand without quotation marks.
    private mutating func literal() throws(GraphFault) -> JSON {
        switch next() {
        case .text(let text): return .string(text)
        case .word("true"): return true
        case .word("false"): return false
        case .word("null"): return .null
        case .word(let word):
            if let whole = Int(word) { return .integer(whole) }
            if let number = Double(word), number.isFinite { return .number(number) }
            let isIDOrTime =
                word.count <= 40 && word.contains("-") && word.allSatisfy { $0.isHexDigit || "-:.TZtz+".contains($0) }
            guard isIDOrTime else { throw .invalidFilter("\(word) is no value.") }
            return .string(word)
        default: throw .invalidFilter("A value is missing.")
        }
    }

    private func property(_ name: String) throws(GraphFault) -> GraphProperty<Object> {
        guard let property = Object.property(named: name) else {
            if name.contains("/") { throw .unsupportedFilter(name) }
            throw .unknownProperty(name, of: Object.typeName, in: "Invalid filter clause")
        }
        return property
    }

    private mutating func next() -> Token? {
        guard position < tokens.count else { return nil }
        defer { position += 1 }
        return tokens[position]
    }

    private mutating func takes(_ token: Token) -> Bool {
        guard position < tokens.count, tokens[position] == token else { return false }
        position += 1
        return true
    }

    private mutating func takesWord(_ word: String) -> Bool {
        guard position < tokens.count, case .word(let found) = tokens[position], found.lowercased() == word else {
            return false
        }
        position += 1
        return true
    }

    private mutating func expect(_ token: Token) throws(GraphFault) {
        guard takes(token) else { throw .invalidFilter("A parenthesis or a comma is missing.") }
    }

    private static func tokens(of text: String) throws(GraphFault) -> [Token] {
        var tokens: [Token] = []
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "(": tokens.append(.open)
            case ")": tokens.append(.close)
            case ",": tokens.append(.comma)
            case "'": tokens.append(.text(try quoted(&rest)))
            case _ where character.isWhitespace: break
            default:
                let tail = rest.prefix { !$0.isWhitespace && !"(),'".contains($0) }
                rest = rest.dropFirst(tail.count)
                tokens.append(.word(String(character) + tail))
            }
        }
        return tokens
    }

    /// What stands before the closing mark; two marks are one in the text.
    private static func quoted(_ rest: inout Substring) throws(GraphFault) -> String {
        var text = ""
        while let character = rest.popFirst() {
            guard character == "'" else {
                text.append(character)
                continue
            }
            guard rest.first == "'" else { return text }
            rest.removeFirst()
            text.append("'")
        }
        throw .invalidFilter("A quotation mark is missing.")
    }
}
