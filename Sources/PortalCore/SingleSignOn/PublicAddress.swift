import Foundation

/// Which addresses a broker's provider may have: none of this machine, of internal networks, of the link.
enum PublicAddress {
    /// Whether a host may be public: any name that doesn't mean this machine or network by itself, and public numbers.
    static func mayBe(_ host: String) -> Bool {
        if let bytes = bytes(of: host) { return isPublic(bytes) }
        // A number in another spelling is no name: 2130706433, 0x7f.1, 127.1.
        if let last = host.split(separator: ".").last, last.first?.isNumber == true { return false }
        let isInternal = ["localhost", "local", "internal", "home.arpa"].contains {
            host == $0 || host.hasSuffix(".\($0)")
        }
        return host.contains(".") && !isInternal
    }

    /// Of 4 or of 16 bytes.
    static func isPublic(_ bytes: [UInt8]) -> Bool {
        switch bytes.count {
        case 4:
            switch (bytes[0], bytes[1]) {
            case (0, _), (10, _), (127, _), (169, 254), (192, 168), (224..., _): false
            case (100, 64...127), (172, 16...31), (198, 18...19): false
            case (192, 0): bytes[2] != 0 && bytes[2] != 2
            case (198, 51): bytes[2] != 100
            case (203, 0): bytes[2] != 113
            default: true
            }
        case 16:
            if let inner = embeddedIPv4(bytes) {
                isPublic(inner)
            } else {
                bytes[0] & 0xe0 == 0x20 && !isDocumentation(bytes)
            }
        default: false
        }
    }

    static func bytes(of text: String) -> [UInt8]? {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: four) { Array($0) } }
        var sixteen = in6_addr()
        if inet_pton(AF_INET6, text, &sixteen) == 1 { return withUnsafeBytes(of: sixteen) { Array($0) } }
        return nil
    }

    /// IPv4 within IPv6: mapped, 6to4, and the prefix of NAT64.
    private static func embeddedIPv4(_ bytes: [UInt8]) -> [UInt8]? {
        let zeros = [UInt8](repeating: 0, count: 10)
        if bytes.starts(with: zeros + [0xff, 0xff]) { return Array(bytes[12...]) }
        if bytes.starts(with: [0x20, 0x02]) { return Array(bytes[2..<6]) }
        if bytes.starts(with: [0x00, 0x64, 0xff, 0x9b]) { return Array(bytes[12...]) }
        return nil
    }

    private static func isDocumentation(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x20, 0x01, 0x0d, 0xb8]) || bytes.starts(with: [0x20, 0x01, 0x00, 0x00])
    }
}
