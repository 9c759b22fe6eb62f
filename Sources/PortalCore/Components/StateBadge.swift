import HTML

/// A state in a word, with its shape. `since` and `why` are in the tooltip and read out by screen readers.
func stateBadge(_ tone: Tone, _ word: String, since: String? = nil, why: String? = nil) -> HTML {
    let more = [since.map { "since \($0)" }, why].compactMap(\.self).joined(separator: ": ")
    return """
        <span class="badge"\(attribute: "title", more.isEmpty ? nil : more)>\(icon(.tone(tone)))\(word)\
        \(when(!more.isEmpty, #"<span class="visually-hidden">, \#(more)</span>"#))</span>
        """
}
