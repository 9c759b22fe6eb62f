/// The languages of what a broker's customers read without an account: approval pages and the messages that lead there.
public enum Language: String, Sendable, Codable, CaseIterable {
    case english = "en"
    case german = "de"
    case french = "fr"
    case spanish = "es"

    /// In itself.
    public var name: String {
        switch self {
        case .english: "English"
        case .german: "Deutsch"
        case .french: "Français"
        case .spanish: "Español"
        }
    }
}

/// One text in every ``Language``; a missing one does not compile.
public struct LocalizedText: Sendable {
    private let english: String
    private let german: String
    private let french: String
    private let spanish: String

    public init(en english: String, de german: String, fr french: String, es spanish: String) {
        self.english = english
        self.german = german
        self.french = french
        self.spanish = spanish
    }

    public subscript(_ language: Language) -> String {
        switch language {
        case .english: english
        case .german: german
        case .french: french
        case .spanish: spanish
        }
    }
}
