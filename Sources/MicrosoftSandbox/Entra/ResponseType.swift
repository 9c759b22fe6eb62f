/// What `/authorize` itself gives.
struct ResponseType: Codable, Sendable {
    let givesCode: Bool
    let givesIDToken: Bool

    /// The words in any order. Nil for what isn't enabled for the application: `token` is not.
    init?(_ text: String) {
        let words = text.split(separator: " ")
        guard !words.isEmpty, words.count == Set(words).count, words.allSatisfy({ ["code", "id_token"].contains($0) })
        else { return nil }
        givesCode = words.contains("code")
        givesIDToken = words.contains("id_token")
    }
}
