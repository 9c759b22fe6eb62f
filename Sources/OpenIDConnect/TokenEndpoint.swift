import Foundation
public import HTTPTypes

/// A provider's token endpoint, asked as a confidential client (RFC 6749 §2.3.1, §4.1.3, §4.4.2, §6).
public struct TokenEndpoint: Sendable {
    private let address: String
    private let clientID: String
    private let clientSecret: String
    private let authentication: ClientAuthentication

    public init(
        address: String, clientID: String, clientSecret: String, authentication: ClientAuthentication = .post
    ) {
        self.address = address
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.authentication = authentication
    }

    /// Exchanges a code; `codeVerifier` as in RFC 7636. Some providers want the scope once more.
    ///
    /// - Throws: ``OAuthError``, and what `send` throws.
    public func exchange(
        code: String, redirectURI: String, codeVerifier: String, scope: String? = nil, send: Send
    ) async throws -> TokenAnswer {
        var fields = [
            "grant_type": "authorization_code", "code": code, "redirect_uri": redirectURI,
            "code_verifier": codeVerifier,
        ]
        fields["scope"] = scope
        return try await ask(fields, send)
    }

    /// - Throws: ``OAuthError``, and what `send` throws.
    public func refresh(_ refreshToken: String, scope: String, send: Send) async throws -> TokenAnswer {
        try await ask(["grant_type": "refresh_token", "refresh_token": refreshToken, "scope": scope], send)
    }

    /// A token for the application itself; the answer has no refresh token.
    ///
    /// - Throws: ``OAuthError``, and what `send` throws.
    public func clientCredentials(scope: String, send: Send) async throws -> TokenAnswer {
        try await ask(["grant_type": "client_credentials", "scope": scope], send)
    }

    private func ask(_ fields: [String: String], _ send: Send) async throws -> TokenAnswer {
        guard let address = ProviderAddress(address) else {
            throw DiscoveryError.unsafeAddress("token_endpoint", address)
        }
        var all = fields
        var head: HTTPFields = [.contentType: "application/x-www-form-urlencoded", .accept: "application/json"]
        switch authentication {
        case .basic:
            // RFC 6749 §2.3.1: both are encoded as in a form before they are joined.
            let pair = "\(clientID.formEncoded):\(clientSecret.formEncoded)"
            head[.authorization] = "Basic \(Data(pair.utf8).base64EncodedString())"
        case .post: all.merge(["client_id": clientID, "client_secret": clientSecret]) { mine, _ in mine }
        }
        let form = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.formEncoded)" }.joined(separator: "&")
        let (response, body) = try await send(address.request(.post, head), Array(form.utf8))
        guard response.status == .ok else { throw OAuthError(status: response.status.code, body: body) }
        guard let answer = try? JSONDecoder().decode(TokenAnswer.self, from: Data(body)), !answer.accessToken.isEmpty
        else {
            throw OAuthError(status: response.status.code, body: [])
        }
        return answer
    }
}

/// What a token endpoint gave (RFC 6749 §5.1).
public struct TokenAnswer: Sendable, Decodable {
    public let accessToken: String
    public let refreshToken: String?
    public let idToken: String?
    /// From the arrival of the answer.
    public let lifetime: Duration
    /// Separated by spaces; what was granted, which can be less than asked for.
    public let scope: String?

    private enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
        case idToken = "id_token"
        case lifetime = "expires_in"
        case scope
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        accessToken = try values.decode(String.self, forKey: .accessToken)
        refreshToken = try values.decodeIfPresent(String.self, forKey: .refreshToken)
        idToken = try values.decodeIfPresent(String.self, forKey: .idToken)
        scope = try values.decodeIfPresent(String.self, forKey: .scope)
        // Some endpoints write the number as a text; a negative or absurd one counts as already expired.
        let number =
            (try? values.decode(Int.self, forKey: .lifetime))
            ?? (try? values.decode(String.self, forKey: .lifetime)).flatMap { Int($0) }
        lifetime = .seconds(number.map { (0...31_536_000).contains($0) ? $0 : 0 } ?? 0)
    }
}
