import Foundation
import OpenIDConnect
import PortalKit

/// Whether a refresh brought what was asked for. The access token is opaque; but the answer names its scope, and the id
/// token in it its tenant. It came over TLS from the token endpoint itself, so the signature need not be checked (OpenID
/// Connect Core 1.0 §3.1.3.7, item 6).
struct RefreshAnswer {
    private let answer: TokenAnswer

    init(_ answer: TokenAnswer) {
        self.answer = answer
    }

    /// - Throws: ``Problem``; nothing of the answer may be stored or used then.
    func require(realm: String, scope: String) throws {
        if let granted = answer.scope, !Self.covers(granted, scope) { throw Self.unexpected("scope", granted) }
        if let tenant = try tenant, tenant != realm.lowercased() { throw Self.unexpected("tenant", tenant) }
    }

    /// The new credential, when the answer says whose it is.
    var credential: String? {
        answer.idToken == nil ? nil : answer.refreshToken
    }

    /// Without the API's identifier.
    var permissions: Set<String>? {
        answer.scope.map { scope in
            Set(scope.split(separator: " ").map { $0.split(separator: "/").last.map(String.init) ?? "" })
                .subtracting(["", ".default"])
        }
    }

    /// Some answers name permissions without their resource; `.default` is answered by whatever there is.
    private static func covers(_ granted: String, _ scope: String) -> Bool {
        let resource = scope.lastIndex(of: "/").map { scope[..<$0].lowercased() } ?? ""
        let permission = scope.dropFirst(resource.isEmpty ? 0 : resource.count + 1).lowercased()
        let words = granted.lowercased().split(separator: " ").map(String.init)
        guard permission == ".default" else {
            return words.contains(permission) || words.contains("\(resource)/\(permission)")
        }
        let named = words.filter { $0.contains("://") }
        return named.isEmpty || named.contains { $0.hasPrefix(resource + "/") }
    }

    private var tenant: String? {
        get throws {
            guard let token = answer.idToken else { return nil }
            let parts = token.split(separator: ".", omittingEmptySubsequences: false)
            let coded = parts.count == 3 ? String(parts[1]).replacing("-", with: "+").replacing("_", with: "/") : ""
            let padding = String(repeating: "=", count: (4 - coded.count % 4) % 4)
            struct Claims: Decodable {
                let tid: String
            }
            guard let data = Data(base64Encoded: coded + padding),
                let claims = try? JSONDecoder().decode(Claims.self, from: data)
            else { throw Self.unexpected("id token", "unreadable") }
            return claims.tid.lowercased()
        }
    }

    private static func unexpected(_ what: String, _ found: String) -> Problem {
        Problem(
            title: "Microsoft's token answer is not what was asked for",
            explanation: "Its \(what) is another one. Nothing of it was kept; the stored sign-in is still the old one.",
            nextStep: "Nothing to do: the portal tries again. If it stays, sign in again on the authentication page.",
            actor: .provider, remedy: .retry, facts: [Problem.Fact("The answer's \(what)", String(found.prefix(200)))])
    }
}
