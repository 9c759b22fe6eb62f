import CryptoExtras
import JWTKit

/// One key that tokens are signed with, RS256, as it is published.
struct SigningKey: Sendable {
    /// The thumbprint of its certificate.
    let id: String
    /// Base64url.
    let modulus: String
    let exponent: String
    /// DER in base64, not base64url.
    let certificate: String
    let key: JWTKit.Insecure.RSA.PrivateKey

    init(pem: String) throws {
        let signing = try _RSA.Signing.PrivateKey(pemRepresentation: pem)
        let certificate = try SelfSignedCertificate(signing, commonName: "accounts.accesscontrol.windows.net")
        key = try JWTKit.Insecure.RSA.PrivateKey(pem: pem)
        let numbers = try key.publicKey.getKeyPrimitives()
        id = certificate.thumbprint
        modulus = Base64URL.encode(numbers.modulus)
        exponent = Base64URL.encode(numbers.publicExponent)
        self.certificate = certificate.base64
    }

    /// A new private key, PEM.
    static func generate() throws -> String {
        try _RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation
    }
}
