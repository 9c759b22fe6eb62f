/// What a state means to the reader; it chooses colour and shape, and a word always stands beside them.
enum Tone: String, Sendable, CaseIterable {
    case good
    /// Something is under way, or somebody else acts; nothing is wrong.
    case wait
    case warn
    case bad
    case idle
}
