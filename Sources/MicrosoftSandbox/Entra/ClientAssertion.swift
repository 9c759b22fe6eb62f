import CryptoExtras
import Foundation
import JWTKit

/// A client's proof by a key instead of a secret (`private_key_jwt`), RS256 or PS256. Source: Microsoft Learn, "Microsoft
/// identity platform application authentication certificate credentials". Which of the registered keys it names (`x5t`,
/// `kid`) doesn't matter here: any of them may have signed it.
struct ClientAssertion {
    static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    let issuer: String
    private let claims: JSON
    private let padding: _RSA.Signing.Padding
    private let signed: Data
    private let signature: _RSA.Signing.RSASignature

    init(_ text: String) throws(EntraError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]).flatMap({ JSON($0) }),
            let claims = Base64URL.decode(parts[1]).flatMap({ JSON($0) }),
            let signature = Base64URL.decode(parts[2]), let issuer = claims["iss"].text
        else { throw .assertionMalformed }
        switch header["alg"].text {
        case "RS256": padding = .insecurePKCS1v1_5
        case "PS256": padding = .PSS
        default: throw .assertionMalformed
        }
        self.claims = claims
        self.issuer = issuer
        self.signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
        signed = Data("\(parts[0]).\(parts[1])".utf8)
    }

    func check(for application: RegisteredApplication, in sandbox: MicrosoftSandbox) throws(EntraError) {
        let pems = sandbox.store.read { $0.identity.clientKeys }
        let keys = pems.compactMap { try? _RSA.Signing.PublicKey(pemRepresentation: $0) }
        guard keys.contains(where: { $0.isValidSignature(signature, for: signed, padding: padding) }) else {
            throw .assertionSignature
        }
        guard issuer.lowercased() == application.id, claims["sub"].text?.lowercased() == application.id else {
            throw .assertionSubject
        }
        let base = "\(sandbox.configuration.base)/entra/"
        guard let audience = claims["aud"].text, audience.hasPrefix(base) else { throw .assertionAudience }
        let now = sandbox.now.timeIntervalSince1970
        guard let expiry = seconds(claims["exp"]), now < expiry, (seconds(claims["nbf"]) ?? 0) <= now + 300 else {
            throw .assertionTime
        }
    }

    /// RFC 7519's NumericDate, which may have a fraction.
    private func seconds(_ claim: JSON) -> Double? {
        switch claim {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The public key of a certificate, or the key itself, as PEM; nil for anything else.
    static func publicKey(pem: String) -> String? {
        if let key = try? JWTKit.Insecure.RSA.PublicKey(certificatePEM: pem) { return key.pemRepresentation }
        return (try? _RSA.Signing.PublicKey(pemRepresentation: pem))?.pemRepresentation
    }
}
