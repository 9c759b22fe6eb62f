/// Rows as RFC 4180 has them, safe in spreadsheets.
///
/// A cell that a spreadsheet would take for a formula is given an apostrophe in front, and so is one that begins with an
/// apostrophe: whoever takes one away from each cell that has it gets the original.
enum CSV {
    static func row(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",") + "\r\n"
    }

    static func cell(_ text: String) -> String {
        let text = text.replacing("\0", with: "\u{FFFD}")
        let shown = isRisky(text) ? "'" + text : text
        let needsQuotes =
            shown.unicodeScalars.contains { "\",\r\n\t;".unicodeScalars.contains($0) } || shown.hasPrefix(" ")
        return needsQuotes ? "\"\(shown.replacing("\"", with: "\"\""))\"" : shown
    }

    /// Also in the full-width forms, and behind blanks.
    private static func isRisky(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        if "\t\r\n'".unicodeScalars.contains(first) { return true }
        guard let sign = text.unicodeScalars.first(where: { $0 != " " && $0 != "\u{A0}" && $0 != "\u{3000}" }) else {
            return false
        }
        return "=+-@＝＋－＠\t".unicodeScalars.contains(sign)
    }
}
