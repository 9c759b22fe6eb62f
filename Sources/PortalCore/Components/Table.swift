import HTML

struct Column {
    enum Order {
        case ascending, descending
    }

    var title: String
    var numeric = false
    /// For actions and checkboxes: the title is read out, not shown.
    var labelHidden = false
    /// The address that sorts by this column.
    var sortPath: String? = nil
    /// How the rows are sorted by this column at present.
    var order: Order? = nil
}

/// Rows under a sticky head; in a narrow place each row becomes a card with its labels.
///
/// Each row has a cell for each column. The first column with a visible label heads its row.
func table(caption: String, columns: [Column], rows: [[HTML]]) -> HTML {
    let heading = columns.firstIndex { !$0.labelHidden }
    return """
        <div class="table-frame"><table>
        <caption class="visually-hidden">\(caption)</caption>
        <thead><tr>\(each(columns, headCell))</tr></thead>
        <tbody>
        \(each(rows) { tableRow($0, columns, heading: heading) })</tbody>
        </table></div>

        """
}

private func headCell(_ column: Column) -> HTML {
    let sort: String? =
        switch column.order {
        case .ascending: "ascending"
        case .descending: "descending"
        case nil: nil
        }
    let title: HTML = column.labelHidden ? #"<span class="visually-hidden">\#(column.title)</span>"# : "\(column.title)"
    return """
        <th scope="col"\(attribute: "class", column.numeric ? "number" : nil)\(attribute: "aria-sort", sort)>\
        \(column.sortPath.map { #"<a href="\#(url: $0)">\#(title)</a>"# } ?? title)</th>
        """
}

private func tableRow(_ cells: [HTML], _ columns: [Column], heading: Int?) -> HTML {
    var row: HTML = "<tr>"
    for (index, (column, cell)) in zip(columns, cells).enumerated() {
        let attributes: HTML = """
            \(attribute: "class", column.numeric ? "number" : column.labelHidden ? "row-actions" : nil)\
            \(attribute: "data-label", column.labelHidden ? nil : column.title)
            """
        // One element a cell: as a card the row is a grid of label and content.
        let content: HTML = column.labelHidden ? cell : "<div>\(cell)</div>"
        row += index == heading ? #"<th scope="row"\#(attributes)>\#(content)</th>"# : "<td\(attributes)>\(content)</td>"
    }
    row += "</tr>\n"
    return row
}
