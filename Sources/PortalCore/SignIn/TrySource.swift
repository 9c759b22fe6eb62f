import Foundation

/// Where tries come from: a network address, or a browser in which the same person has signed in before.
///
/// A known browser is counted for itself: whatever others do to the account, its person gets in.
enum TrySource: Sendable {
    case address(String)
    case knownDevice(Token)

    /// As it is stored. Of an IPv6 address the first half, since the rest is the visitor's to choose.
    var text: String {
        switch self {
        case .address(let address): Self.network(of: address)
        case .knownDevice(let token): "device:\(Data(token.hash).base64URL)"
        }
    }

    var isKnown: Bool { if case .knownDevice = self { true } else { false } }

    private static func network(of address: String) -> String {
        var bytes = in6_addr()
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        let all = withUnsafeBytes(of: bytes) { Array($0) }
        // ::ffff:192.0.2.1 is an IPv4 address.
        if all.prefix(10).allSatisfy({ $0 == 0 }), all[10] == 0xff, all[11] == 0xff {
            return all.suffix(4).map(String.init).joined(separator: ".")
        }
        return all.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "/64"
    }
}
