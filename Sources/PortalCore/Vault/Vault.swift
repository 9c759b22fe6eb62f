import Crypto
import Foundation

/// Seals what must not be read from the database file alone: AES-256-GCM with a key file outside it.
///
/// The row's identity is authenticated with the text, so a sealed value copied into another row does not open there.
struct Vault: Sendable {
    private let key: SymmetricKey
    private let keyID: UInt8 = 1
    let sealings = Sealings()

    enum Failure: Error, Equatable, CustomStringConvertible {
        /// The key file can't be used; the text says why and what to do.
        case keyFile(String)
        /// Changed, of another row, or sealed with another key.
        case unreadable

        var description: String {
            switch self {
            case .keyFile(let text): text
            case .unreadable: "A sealed value can't be opened with this key."
            }
        }
    }

    /// Reads the key file. A new one is made only when `mayCreate`: a database with sealed values in it has a key already.
    init(keyFile path: String, mayCreate: Bool) throws {
        if !FileManager.default.fileExists(atPath: path) {
            guard mayCreate else {
                throw Failure.keyFile(
                    "\(path) is missing, and the database holds secrets sealed with it. Restore the key file from your backup."
                )
            }
            let made = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
            guard FileManager.default.createFile(atPath: path, contents: made, attributes: [.posixPermissions: 0o600])
            else {
                throw Failure.keyFile("\(path) could not be written.")
            }
        }
        let mode =
            (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? 0
        guard mode & 0o077 == 0 else {
            throw Failure.keyFile("\(path) can be read by others. Run: chmod 600 \(path)")
        }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        guard bytes.count == 32 else {
            throw Failure.keyFile("\(path) is not a key of 32 bytes. Restore it from your backup.")
        }
        key = SymmetricKey(data: bytes)
    }

    /// Names the key without telling anything of it: the same for the same key.
    var fingerprint: String {
        let code = key.withUnsafeBytes {
            HMAC<SHA256>.authenticationCode(for: Data("gatehouse key".utf8), using: SymmetricKey(data: Data($0)))
        }
        return Array(code).prefix(8).hexadecimal
    }

    /// Any value, as JSON.
    func seal(value: some Encodable, for row: String) throws -> [UInt8] {
        try seal(String(decoding: JSONEncoder().encode(value), as: UTF8.self), for: row)
    }

    func open<Value: Decodable>(_ type: Value.Type, _ sealed: [UInt8], for row: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(open(sealed, for: row).utf8))
    }

    func seal(_ text: String, for row: String) throws -> [UInt8] {
        sealings.count()
        let box = try AES.GCM.seal(Data(text.utf8), using: key, authenticating: Data(row.utf8))
        // With the default nonce of 12 bytes there always is a combined form.
        guard let combined = box.combined else { throw Failure.unreadable }
        return [keyID] + combined
    }

    func open(_ sealed: [UInt8], for row: String) throws -> String {
        guard sealed.first == keyID, let box = try? AES.GCM.SealedBox(combined: sealed.dropFirst()),
            let text = try? AES.GCM.open(box, using: key, authenticating: Data(row.utf8))
        else { throw Failure.unreadable }
        return String(decoding: text, as: UTF8.self)
    }
}
