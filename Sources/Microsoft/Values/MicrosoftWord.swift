/// A word of a list to which Microsoft adds: an unknown one is kept as it came.
public protocol MicrosoftWord: RawRepresentable, Hashable, Sendable, Codable, ExpressibleByStringLiteral,
    CustomStringConvertible
where RawValue == String, StringLiteralType == String {
    init(rawValue: String)
}

extension MicrosoftWord {
    public init(stringLiteral word: String) {
        self.init(rawValue: word)
    }

    public var description: String { rawValue }
}
