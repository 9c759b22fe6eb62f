import Foundation
public import HTTPTypes

/// One request and its answer; redirects are not followed.
public typealias Send = @Sendable (_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8])

/// What a provider tells of itself (OpenID Connect Discovery 1.0, §3).
public struct ProviderMetadata: Sendable, Decodable {
    public let issuer: String
    public let authorizationEndpoint: String
    public let tokenEndpoint: String
    public let keysAddress: String

    private enum CodingKeys: String, CodingKey {
        case issuer
        case authorizationEndpoint = "authorization_endpoint"
        case tokenEndpoint = "token_endpoint"
        case keysAddress = "jwks_uri"
    }

    /// Asks the provider.
    ///
    /// - Throws: ``DiscoveryError``: no metadata there, or another issuer's (§4.3: it must equal the one asked for).
    public static func discover(issuer: String, send: Send) async throws -> ProviderMetadata {
        let (response, body) = try await send(.get(issuer + "/.well-known/openid-configuration"), [])
        guard response.status == .ok else { throw DiscoveryError.refused(status: response.status.code, body: body) }
        guard let metadata = try? JSONDecoder().decode(ProviderMetadata.self, from: Data(body)) else {
            throw DiscoveryError.unreadable
        }
        guard metadata.issuer == issuer else { throw DiscoveryError.otherIssuer(metadata.issuer) }
        return metadata
    }

    /// The provider's present keys.
    public func keys(send: Send) async throws -> SigningKeys {
        let (response, body) = try await send(.get(keysAddress), [])
        guard response.status == .ok else { throw DiscoveryError.refused(status: response.status.code, body: body) }
        return try SigningKeys(json: body)
    }
}

public enum DiscoveryError: Error {
    case refused(status: Int, body: [UInt8])
    case unreadable
    case otherIssuer(String)
}

extension HTTPRequest {
    static func get(_ url: String) -> HTTPRequest {
        HTTPRequest(method: .get, url: url, headerFields: [.accept: "application/json"])
    }

    /// A request to an absolute URL, taken apart as text.
    init(method: Method, url: String, headerFields: HTTPFields) {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        self.init(
            method: method, scheme: parts.first.map { String($0.dropLast()) },
            authority: parts.count > 2 ? String(parts[2]) : nil,
            path: parts.count > 3 ? "/\(parts[3])" : "/", headerFields: headerFields)
    }
}
