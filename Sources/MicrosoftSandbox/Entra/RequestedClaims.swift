import Foundation

/// The parameter `claims`: what a client wants in the access token. Source: Microsoft Learn, "Claims challenges, claims
/// requests, and client capabilities".
struct RequestedClaims: Codable, Sendable {
    /// What the client can do (`xms_cc`); `cp1`: it understands claims challenges.
    private(set) var capabilities: [String] = []
    /// Authentication contexts (`acrs`).
    private(set) var contexts: [String] = []
    /// Whether it answers a challenge, which only a second proof can meet.
    private(set) var isChallenge = false

    static let none = RequestedClaims()

    private init() {}

    /// Throws AADSTS9002313 for what is no JSON object.
    init(_ text: String?) throws(EntraError) {
        guard let text else { return }
        guard let json = JSON(text.utf8), json.members != nil else { throw .malformed("claims") }
        let token = json["access_token"]
        capabilities = Self.values(token["xms_cc"])
        contexts = Self.values(token["acrs"])
        isChallenge = !contexts.isEmpty || !token["capolids"].isAbsent
    }

    var understandsChallenges: Bool { capabilities.contains("cp1") }

    private static func values(_ claim: JSON) -> [String] {
        claim["values"].items?.compactMap(\.text) ?? claim["value"].text.map { [$0] } ?? []
    }
}
