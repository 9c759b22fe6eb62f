import HTML

/// "1–50 of 1,200", with the pages before and after where there are any. `total` is nil where counting costs too much.
func pager(first: Int, last: Int, total: Int?, previousPath: String?, nextPath: String?) -> HTML {
    let range = "\(grouped(first))–\(grouped(last))" + (total.map { " of \(grouped($0))" } ?? "")
    return """
        <nav class="pager" aria-label="Pages"><p>\(range)</p>\
        \(when(previousPath) { #"<a class="button secondary" rel="prev" href="\#(url: $0)">Previous</a>"# })\
        \(when(nextPath) { #"<a class="button secondary" rel="next" href="\#(url: $0)">Next</a>"# })</nav>

        """
}

/// For a list that is paged by its last row: back to its newest, and on to what is older.
func olderPager(newestPath: String?, olderPath: String?) -> HTML {
    guard newestPath != nil || olderPath != nil else { return HTML() }
    return """
        <nav class="pager" aria-label="Pages">\
        \(when(newestPath) { #"<a class="button secondary" href="\#(url: $0)">Newest</a>"# })\
        \(when(olderPath) { #"<a class="button secondary" rel="next" href="\#(url: $0)">Older</a>"# })</nav>

        """
}
