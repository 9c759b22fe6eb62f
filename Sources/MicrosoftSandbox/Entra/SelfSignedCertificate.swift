import Crypto
import CryptoExtras
import Foundation
import SwiftASN1
import X509

/// An X.509 certificate that a key signs for itself, as signing keys are published with one (`x5c`). Always the same for
/// the same key: its serial number follows from the key, its dates are fixed, and its signature is PKCS #1 v1.5.
struct SelfSignedCertificate: Sendable {
    let der: [UInt8]

    /// SHA-1 of the whole, base64url: `x5t`, which Microsoft uses as `kid` too.
    var thumbprint: String { Base64URL.encode(Insecure.SHA1.hash(data: der)) }

    var base64: String { Data(der).base64EncodedString() }

    init(_ key: _RSA.Signing.PrivateKey, commonName: String) throws {
        let name = try DistinguishedName { CommonName(commonName) }
        let serial = [0x01] + SHA256.hash(data: key.publicKey.derRepresentation).prefix(15)
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(bytes: serial), publicKey: .init(key.publicKey),
            notValidBefore: Date(timeIntervalSince1970: 1_577_836_800),
            notValidAfter: Date(timeIntervalSince1970: 2_524_607_999), issuer: name, subject: name,
            signatureAlgorithm: .sha256WithRSAEncryption, extensions: Certificate.Extensions(),
            issuerPrivateKey: Certificate.PrivateKey(key))
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        der = serializer.serializedBytes
    }
}
