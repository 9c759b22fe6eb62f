import Foundation
import MicrosoftSandbox
import Testing

extension PracticeClient {
    static let northgate = "cccccccc-0000-4000-8000-000000000001"
    static let graph = "https://graph.microsoft.com"

    /// The hidden field of a page.
    static func flow(in page: String) -> String {
        guard let start = page.firstRange(of: #"name="flow" value=""#)?.upperBound else { return "" }
        return String(page[start...].prefix { $0 != "\"" })
    }

    /// The parameters after `#`.
    static func fragment(of address: String) -> [String: String] {
        parameters(of: "x:?" + (address.split(separator: "#", maxSplits: 1).last.map(String.init) ?? ""))
    }

    /// A header of a token.
    static func header(_ token: Any?) -> [String: Any] {
        let parts = (token as? String ?? "").split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 3 ? claims("x.\(parts[0]).x") : [:]
    }

    /// The refresh token of a whole sign-in at the partner.
    func refreshToken(as person: PracticePerson = PracticePerson()) async throws -> String {
        await redeem(try await code(as: person)).json["refresh_token"] as? String ?? ""
    }

    func clientCredentials(tenant: String, resource: String = graph) async -> Reply {
        await token(tenant: tenant, ["grant_type": "client_credentials", "scope": "\(resource)/.default"])
    }

    static func adminConsent(tenant: String, old: Bool = false, _ changes: [String: String] = [:]) -> String {
        var usual = ["client_id": clientID, "redirect_uri": redirectURI, "state": "s&1"]
        if !old { usual["scope"] = "\(graph)/.default" }
        let fields = usual.merging(changes) { $1 }.filter { !$0.value.isEmpty }
        return "/entra/\(tenant)\(old ? "" : "/v2.0")/adminconsent?\(encoded(fields))"
    }
}

/// That a call of `/token` was refused in this way.
func expectRefusal(
    _ reply: PracticeClient.Reply, _ code: Int, _ error: String, suberror: String? = nil,
    at location: SourceLocation = #_sourceLocation
) {
    #expect(reply.status >= 400, sourceLocation: location)
    #expect(reply.json["error"] as? String == error, sourceLocation: location)
    #expect(reply.json["error_codes"] as? [Int] == [code], sourceLocation: location)
    if let suberror { #expect(reply.json["suberror"] as? String == suberror, sourceLocation: location) }
}
