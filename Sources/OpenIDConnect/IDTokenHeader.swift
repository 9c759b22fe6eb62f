/// What we read of a token's header (RFC 7515 §4.1). `jwk`, `jku`, `x5u` and `x5c` are left alone: who signs a token does
/// not also say with which key it is checked.
struct IDTokenHeader: Decodable {
    let alg: String
    let kid: String?
    let typ: String?
    /// Names of extensions that a reader must understand. We understand none.
    let crit: [String]?

    /// Not an access token or a logout token, which the same provider signs with the same keys.
    var isOfAnIDToken: Bool {
        crit == nil && (typ.map { $0.lowercased() == "jwt" } ?? true)
    }
}
