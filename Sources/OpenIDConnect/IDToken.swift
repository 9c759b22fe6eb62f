import Foundation

/// An id token that has passed every check.
public struct IDToken: Sendable {
    public let subject: String
    private let payload: Data

    init(subject: String, payload: Data) {
        self.subject = subject
        self.payload = payload
    }

    /// Further claims, by a type that names them.
    public func claims<Claims: Decodable>(as type: Claims.Type) throws -> Claims {
        try JSONDecoder().decode(type, from: payload)
    }
}

public enum IDTokenError: Error, Equatable {
    case malformed, unreadableKeys, unknownKey, refusedAlgorithm, badSignature, otherAudience, otherNonce
    case otherIssuer(String)
    /// By more than the tolerance: the token is old, or one of the two clocks is wrong.
    case expired(ago: Duration)
    case notYetValid(in: Duration)
}
