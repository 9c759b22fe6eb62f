/// Appends `text` with `& < > " '` as character references; what needs none is copied in spans.
func appendEscaped(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { utf8 in
        var start = 0
        for (index, byte) in utf8.enumerated() {
            guard let reference = reference(for: byte) else { continue }
            bytes.append(contentsOf: utf8[start..<index])
            reference.withUTF8Buffer { bytes.append(contentsOf: $0) }
            start = index + 1
        }
        bytes.append(contentsOf: utf8[start...])
    }
}

private func reference(for byte: UInt8) -> StaticString? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    default: nil
    }
}

/// Whether an address may stand in a link: http, https, mailto, or a path or query of this site.
///
/// `//host` and `/\host` leave the site in a browser's reading, and control characters are dropped by it, so neither is
/// linkable.
func isLinkable(_ address: String) -> Bool {
    guard !address.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else { return false }
    if address.hasPrefix("/") { return !address.hasPrefix("//") && !address.hasPrefix("/\\") }
    if address.hasPrefix("?") || address.hasPrefix("#") { return true }
    let lowercased = address.prefix(8).lowercased()
    return lowercased.hasPrefix("https://") || lowercased.hasPrefix("http://") || lowercased.hasPrefix("mailto:")
}
