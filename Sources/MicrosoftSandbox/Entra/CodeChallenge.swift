import Crypto

/// PKCE, RFC 7636: what the code's redeemer must prove to know.
struct CodeChallenge: Codable, Sendable {
    enum Method: String, Codable {
        case S256, plain
    }

    let value: String
    let method: Method

    /// Nil when no challenge was sent; `plain` when its method was not.
    init?(_ fields: FormFields) throws(EntraError) {
        guard let value = fields["code_challenge"] else { return nil }
        let name = fields["code_challenge_method"] ?? Method.plain.rawValue
        guard let method = Method(rawValue: name) else { throw .invalidParameter("code_challenge_method", name) }
        self.value = value
        self.method = method
    }

    func isMet(by verifier: String) -> Bool {
        switch method {
        case .plain: verifier == value
        case .S256: Base64URL.encode(SHA256.hash(data: Array(verifier.utf8))) == value
        }
    }
}
