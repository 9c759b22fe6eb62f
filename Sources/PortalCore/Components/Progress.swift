import HTML

/// How far work has come. `total` is nil while nobody knows it; `rate` ("12 a second"), `remaining` ("about 3 min left")
/// and `item` (the one at hand) are shown as they are.
func progress(done: Int, total: Int?, rate: String? = nil, remaining: String? = nil, item: String? = nil) -> HTML {
    let percent = total.map { $0 > 0 ? min(100, done * 100 / $0) : 100 }
    let text = total.map { "\(grouped(done)) of \(grouped($0))" } ?? "\(grouped(done)) done"
    return """
        <div class="progress"\(attribute: "data-title-progress", percent.map(String.init))>
        <p class="progress-text"><strong>\(text)</strong>\(when(percent) { " <span>\($0) %</span>" })\
        \(when(rate) { " <span>\($0)</span>" })\(when(remaining) { " <span>\($0)</span>" })</p>
        \(meter(done: done, total: total, text: text))
        <p class="progress-item">\(item.map { "Now: \($0)" } ?? "\u{a0}")</p>
        </div>

        """
}

private func meter(done: Int, total: Int?, text: String) -> HTML {
    guard let total else { return #"<progress aria-label="\#(text)"></progress>"# }
    let value = total > 0 ? min(done, total) : 1
    return #"<progress max="\#(max(total, 1))" value="\#(value)" aria-label="\#(text)">\#(text)</progress>"#
}
