import Crypto
import CryptoExtras
import Foundation

/// An X.509 certificate that a key signs for itself, as signing keys are published with one (`x5c`). Always the same for
/// the same key: its serial number follows from the key, its dates are fixed, and its signature is PKCS #1 v1.5.
struct SelfSignedCertificate: Sendable {
    let der: [UInt8]

    /// SHA-1 of the whole, base64url: `x5t`, which Microsoft uses as `kid` too.
    var thumbprint: String { Base64URL.encode(Insecure.SHA1.hash(data: der)) }

    var base64: String { Data(der).base64EncodedString() }

    init(_ key: _RSA.Signing.PrivateKey, commonName: String) throws {
        let keyInfo = Array(key.publicKey.derRepresentation)
        let serial = [0x01] + SHA256.hash(data: keyInfo).prefix(15)
        let name = DER.sequence(
            DER.set(DER.sequence(DER.objectIdentifier([0x55, 0x04, 0x03]), DER.utf8String(commonName))))
        let body = DER.sequence(
            DER.value(0xa0, DER.integer([2])), DER.integer(serial), Self.algorithm, name,
            DER.sequence(DER.utcTime("200101000000Z"), DER.utcTime("491231235959Z")), name, keyInfo)
        let signature = try key.signature(for: body, padding: .insecurePKCS1v1_5).rawRepresentation
        der = DER.sequence(body, Self.algorithm, DER.bitString(Array(signature)))
    }

    /// sha256WithRSAEncryption, 1.2.840.113549.1.1.11.
    private static let algorithm = DER.sequence(
        DER.objectIdentifier([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b]), DER.value(0x05, []))
}

/// The distinguished encoding rules of ASN.1 (ITU-T X.690), as far as a certificate needs them.
private enum DER {
    static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { [tag] + length(content.count) + content }

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { value(0x30, Array(parts.joined())) }
    static func set(_ part: [UInt8]) -> [UInt8] { value(0x31, part) }
    /// Big-endian; the first byte is below 0x80.
    static func integer(_ bytes: [UInt8]) -> [UInt8] { value(0x02, bytes) }
    /// In its encoded form.
    static func objectIdentifier(_ bytes: [UInt8]) -> [UInt8] { value(0x06, bytes) }
    static func utf8String(_ text: String) -> [UInt8] { value(0x0c, Array(text.utf8)) }
    static func utcTime(_ text: String) -> [UInt8] { value(0x17, Array(text.utf8)) }
    /// Of whole bytes.
    static func bitString(_ bytes: [UInt8]) -> [UInt8] { value(0x03, [0] + bytes) }

    private static func length(_ count: Int) -> [UInt8] {
        if count < 0x80 { return [UInt8(count)] }
        let bytes = withUnsafeBytes(of: count.bigEndian) { Array($0.drop { $0 == 0 }) }
        return [0x80 | UInt8(bytes.count)] + bytes
    }
}
