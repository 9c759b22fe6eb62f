import Foundation

/// Reads what an administrator typed as a broker's own host name.
///
/// International names are kept in their ASCII form, which is what browsers send.
struct BrandedHost: Sendable {
    let host: Host

    enum Problem: Error, Equatable {
        case missing
        case notAName
        case ipAddress
        case oneLabel
        case thisMachine
        /// One of the regions, or a name below it.
        case ours(String)

        var text: String {
            switch self {
            case .missing: "Enter a host name, for example shop.example.com."
            case .notAName:
                """
                This is not a host name. Enter it as it stands in a browser's address, for example shop.example.com: \
                letters, digits, hyphens and dots, without a path.
                """
            case .ipAddress: "This is an IP address. Enter a host name; certificates and cookies need one."
            case .oneLabel: "Enter the whole name, for example shop.example.com."
            case .thisMachine:
                "Names under localhost lead every visitor to the visitor's own machine. Enter a public name."
            case .ours(let region):
                "\(region) is the address of a region of this portal. Choose a name that is neither this nor below it."
            }
        }
    }

    /// - Throws: ``Problem``.
    init(_ typed: String, _ addresses: Addresses) throws {
        let text = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { throw Problem.missing }
        guard let host = Self.ascii(text) else {
            throw text.hasPrefix("[") || text.filter({ $0 == ":" }).count > 1 ? Problem.ipAddress : Problem.notAName
        }
        let labels = host.name.split(separator: ".", omittingEmptySubsequences: false)
        guard let last = labels.last, !Self.isNumber(last) else { throw Problem.ipAddress }
        guard host.name == "localhost" || labels.count > 1 else { throw Problem.oneLabel }
        guard labels.allSatisfy(Self.isLabel), Self.isReadable(host) else { throw Problem.notAName }
        let isLocal = host.name == "localhost" || host.name.hasSuffix(".localhost")
        guard !isLocal || (addresses.areLoopback && host.name != "localhost") else { throw Problem.thisMachine }
        for region in addresses.regions.map(\.baseURL.host)
        where host.name == region || host.name.hasSuffix(".\(region)") {
            throw Problem.ours(region)
        }
        self.host = host
    }

    /// A pasted address counts as its host. UTS #46 makes the ASCII form.
    private static func ascii(_ text: String) -> Host? {
        let rest = text.range(of: "://").map { text[$0.upperBound...] } ?? text[...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard authority.utf8.count <= 1_000, !authority.contains(where: { "@%[]\\ ".contains($0) }),
            let encoded = URLComponents(string: "http://\(authority)/")?.encodedHost
        else { return nil }
        return Host(encoded)
    }

    /// Browsers read such a last label as an IPv4 address, also in hexadecimal.
    private static func isNumber(_ label: Substring) -> Bool {
        label.allSatisfy(\.isNumber) || (label.hasPrefix("0x") && label.dropFirst(2).allSatisfy(\.isHexDigit))
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
    }

    /// Whether each `xn--` label stands for something, and is the one way to write it.
    private static func isReadable(_ host: Host) -> Bool {
        guard host.name.contains("xn--") else { return true }
        guard let shown = URLComponents(string: "http://\(host.name)/")?.host, !shown.contains("xn--") else {
            return false
        }
        return URLComponents(string: "http://\(shown)/")?.encodedHost == host.name
    }
}

extension Host {
    /// As people read it, where that differs: `bücher.example`.
    var international: String? {
        guard name.contains("xn--"), let shown = URLComponents(string: "http://\(name)/")?.host, shown != name else {
            return nil
        }
        return shown
    }

    /// The same for two names that look alike, one of them with letters of another script: `аcme` in Cyrillic is `acme`.
    var look: String {
        String(String.UnicodeScalarView((international ?? name).unicodeScalars.map { Self.twins[$0] ?? $0 }))
    }

    /// Letters that nobody tells from Latin ones. Unicode UTS #39, confusables, those of one letter.
    private static let twins: [Unicode.Scalar: Unicode.Scalar] = {
        let pairs: [(String, String)] = [
            ("a", "аαɑ"), ("b", "Ьь"), ("c", "сϲᴄ"), ("d", "ԁ"), ("e", "еҽ"), ("g", "ɡց"), ("h", "һհ"), ("i", "іιıɩ"),
            ("j", "јϳ"), ("k", "кκ"), ("l", "ӏⅼ"), ("n", "ոռ"), ("o", "оοօᴏ"), ("p", "рρ"), ("q", "ԛզ"), ("r", "гᴦ"),
            ("s", "ѕꜱ"), ("u", "υսᴜ"), ("v", "νѵᴠ"), ("w", "ԝաᴡ"), ("x", "хᕁ"), ("y", "уүγᶌ"), ("z", "ᴢ"),
        ]
        var map: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (latin, others) in pairs {
            for other in others.unicodeScalars { map[other] = latin.unicodeScalars.first }
        }
        return map
    }()
}
