import Foundation
public import HTTPTypes

/// One request and its answer; redirects are not followed.
public typealias Send = @Sendable (_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8])

/// What a provider tells of itself (OpenID Connect Discovery 1.0, §3).
public struct ProviderMetadata: Sendable, Hashable, Codable {
    public let issuer: String
    public let authorizationEndpoint: String
    public let tokenEndpoint: String
    public let keysAddress: String
    /// OpenID Connect RP-Initiated Logout 1.0, §2.1.
    public let endSessionEndpoint: String?
    private let announcedAlgorithms: [String]?
    private let announcedAuthentications: [String]?
    private let announcesIssuerInAnswer: Bool?

    static let maxBytes = 256 << 10

    private enum CodingKeys: String, CodingKey {
        case issuer
        case authorizationEndpoint = "authorization_endpoint"
        case tokenEndpoint = "token_endpoint"
        case keysAddress = "jwks_uri"
        case endSessionEndpoint = "end_session_endpoint"
        case announcedAlgorithms = "id_token_signing_alg_values_supported"
        case announcedAuthentications = "token_endpoint_auth_methods_supported"
        case announcesIssuerInAnswer = "authorization_response_iss_parameter_supported"
    }

    /// Asks the provider.
    ///
    /// - Throws: ``DiscoveryError``: no metadata there, another issuer's (§4.3: it must equal the one asked for), or an
    ///   endpoint that a client may not call.
    public static func discover(issuer: String, send: Send) async throws -> ProviderMetadata {
        // §4.1: a slash at the end goes before the path is added, and stays in the comparison.
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        guard !issuer.contains("?"), let address = ProviderAddress(base + "/.well-known/openid-configuration") else {
            throw DiscoveryError.unsafeAddress("issuer", issuer)
        }
        let body = try await read(address, send)
        guard !DuplicateMembers.exist(in: body),
            let metadata = try? JSONDecoder().decode(ProviderMetadata.self, from: Data(body))
        else { throw DiscoveryError.unreadable }
        guard metadata.issuer == issuer else { throw DiscoveryError.otherIssuer(metadata.issuer) }
        let endpoints = [
            ("authorization_endpoint", metadata.authorizationEndpoint), ("token_endpoint", metadata.tokenEndpoint),
            ("jwks_uri", metadata.keysAddress),
        ]
        for (name, text) in endpoints where ProviderAddress(text)?.isAsSafe(as: address) != true {
            throw DiscoveryError.unsafeAddress(name, text)
        }
        return metadata
    }

    /// The provider's present keys.
    ///
    /// - Throws: ``DiscoveryError``, ``IDTokenError/unreadableKeys``.
    public func keys(send: Send) async throws -> SigningKeys {
        guard let address = ProviderAddress(keysAddress) else {
            throw DiscoveryError.unsafeAddress("jwks_uri", keysAddress)
        }
        return try SigningKeys(json: await Self.read(address, send))
    }

    /// Those of its algorithms that we check. RS256 is every provider's duty (§3), so it counts when nothing is said.
    public var signingAlgorithms: Set<SigningAlgorithm> {
        announcedAlgorithms.map { Set($0.compactMap(SigningAlgorithm.init)) } ?? [.rs256]
    }

    /// How its token endpoint wants the client's secret; `nil` when it takes none of our ways. Basic is the default (§3).
    public var clientAuthentication: ClientAuthentication? {
        guard let announcedAuthentications else { return .basic }
        return ClientAuthentication.allCases.first { announcedAuthentications.contains($0.rawValue) }
    }

    /// Where to send a browser; a query that the endpoint has already stays.
    public func authorizationAddress(_ parameters: [String: String]) -> String {
        ProviderAddress(authorizationEndpoint)?.adding(parameters) ?? authorizationEndpoint
    }

    /// Where a browser ends its session at the provider, if the provider has such a page.
    public func endSessionAddress(clientID: String) -> String? {
        endSessionEndpoint.flatMap(ProviderAddress.init)?.adding(["client_id": clientID])
    }

    /// Whether an answer can be this provider's by what it says of its origin (RFC 9207 §2.4).
    ///
    /// - Parameter issuer: the answer's `iss`; `nil` when it has none.
    public func mayHaveAnswered(as issuer: String?) -> Bool {
        issuer.map { $0 == self.issuer } ?? (announcesIssuerInAnswer != true)
    }

    private static func read(_ address: ProviderAddress, _ send: Send) async throws -> [UInt8] {
        let (response, body) = try await send(address.request(.get, [.accept: "application/json"]), [])
        guard response.status == .ok else { throw DiscoveryError.refused(status: response.status.code, body: body) }
        guard body.count <= maxBytes else { throw DiscoveryError.tooLong }
        return body
    }
}

extension ProviderAddress {
    /// An issuer elsewhere has no business with this machine.
    fileprivate func isAsSafe(as issuer: ProviderAddress) -> Bool {
        issuer.isLoopback || !isLoopback
    }
}
