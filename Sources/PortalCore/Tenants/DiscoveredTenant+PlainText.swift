import PortalKit

extension DiscoveredTenant {
    /// With its name as one line of plain text of at most 256 characters, without what would turn or hide the text
    /// beside it; the id where nothing is left. Names stand in pages, titles, mails and logs, and none of them has to
    /// care after this. Nothing is known by its name, so nothing is lost.
    var inPlainText: DiscoveredTenant {
        let name = name.plainLine
        return DiscoveredTenant(id: id, name: name.isEmpty ? id : name, domains: domains)
    }
}

extension String {
    private static let longestName = 256

    /// As one line of at most 256 characters that neither turns nor hides the text beside it.
    var plainLine: String {
        var scalars = String.UnicodeScalarView()
        // A letter may carry any number of marks.
        for scalar in unicodeScalars.lazy.filter({ !$0.isInvisible }).prefix(4 * Self.longestName) {
            scalars.append(scalar.breaksLines ? " " : scalar)
        }
        let words = String(scalars).split(separator: " ").joined(separator: " ")
        return words.count > Self.longestName ? words.prefix(Self.longestName - 1) + "…" : words
    }
}

extension Unicode.Scalar {
    fileprivate var breaksLines: Bool {
        properties.generalCategory == .control || properties.isWhitespace
    }

    /// Direction marks and invisible spaces. Joiners are not among them: words and emoji are made with them.
    fileprivate var isInvisible: Bool {
        switch value {
        case 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
