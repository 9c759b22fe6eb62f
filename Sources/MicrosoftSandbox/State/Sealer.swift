import Crypto
import Foundation

/// Values as opaque text that only this sandbox can read: codes, refresh tokens, sign-in flows, continuation tokens.
struct Sealer: Sendable {
    /// What a text is for; one kind never opens as another.
    enum Kind: String {
        case authorizationCode, refreshToken, signInFlow, adminFlow, continuation

        var prefix: String {
            switch self {
            case .authorizationCode: "0."
            case .refreshToken: "1."
            case .signInFlow, .adminFlow, .continuation: ""
            }
        }
    }

    private let key: SymmetricKey

    init(_ store: SandboxStore) {
        key = SymmetricKey(data: store.read { $0.sealingKey })
    }

    func seal(_ value: some Encodable, as kind: Kind) throws -> String {
        let box = try AES.GCM.seal(JSONEncoder().encode(value), using: key, authenticating: Data(kind.rawValue.utf8))
        return kind.prefix + Base64URL.encode(Array(box.nonce) + box.ciphertext + box.tag)
    }

    /// Nil for anything that this sandbox did not seal as `kind`.
    func open<Value: Decodable>(_ text: String, as kind: Kind) -> Value? {
        guard text.hasPrefix(kind.prefix), let bytes = Base64URL.decode(text.dropFirst(kind.prefix.count)),
            let box = try? AES.GCM.SealedBox(combined: bytes),
            let data = try? AES.GCM.open(box, using: key, authenticating: Data(kind.rawValue.utf8))
        else { return nil }
        return try? JSONDecoder().decode(Value.self, from: data)
    }
}
