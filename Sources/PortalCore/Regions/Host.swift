/// A host name in its one canonical form: lower case, no port, no final dot.
struct Host: Hashable, Sendable {
    let name: String

    /// `nil` for what is not a host name.
    init?(_ text: String) {
        var name = Substring(text.lowercased())
        if let colon = name.lastIndex(of: ":") {
            guard name[name.index(after: colon)...].allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
            name = name[..<colon]
        }
        if name.last == "." { name.removeLast() }
        guard !name.isEmpty, name.utf8.count <= 253, !name.contains(".."), name.first != ".",
            name.utf8.allSatisfy({
                ($0 >= 0x61 && $0 <= 0x7a) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2d || $0 == 0x2e
            })
        else { return nil }
        self.name = String(name)
    }
}
