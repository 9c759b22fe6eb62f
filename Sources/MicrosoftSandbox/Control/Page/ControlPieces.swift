import HTML

/// What the sections of the control page have in common.
enum ControlPieces {
    static func code(_ text: String) -> HTML { "<code>\(text)</code>" }

    /// On a narrow screen each row becomes a card, its cells named by `data-label`.
    static func table(_ name: String, _ heads: [String], _ rows: [[HTML]]) -> HTML {
        """
        <table aria-label="\(name)">
        <thead><tr>\(each(heads) { "<th scope=\"col\">\($0)</th>" })</tr></thead>
        <tbody>
        \(each(rows) { row in
            "<tr>\(each(zip(heads, row)) { "<td data-label=\"\($0)\"><div>\($1)</div></td>" })</tr>\n"
        })
        </tbody>
        </table>
        """
    }

    /// Of a select element.
    static func options<Choice: RawRepresentable<String> & CaseIterable & Equatable>(
        of type: Choice.Type, selected: Choice? = nil
    ) -> HTML {
        each(Choice.allCases) { "<option\(attribute: "selected", $0 == selected)>\($0.rawValue)</option>" }
    }
}
