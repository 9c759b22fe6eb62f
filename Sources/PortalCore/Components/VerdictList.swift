import HTML

/// One requirement, and how it stands.
struct VerdictLine {
    var title: String
    /// `idle` is drawn as a question mark: not known yet.
    var tone: Tone
    var word: String
    var sentence: String
    /// Who acts now.
    var who: String? = nil
    var action: HTML? = nil
    /// Folded, but open when the verdict is bad.
    var details: HTML? = nil
}

func verdictList(_ lines: [VerdictLine]) -> HTML {
    """
    <ul class="verdicts">
    \(each(lines, verdictLine))</ul>

    """
}

private func verdictLine(_ line: VerdictLine) -> HTML {
    """
    <li class="verdict \(line.tone.rawValue)">\(icon(line.tone == .idle ? .question : .tone(line.tone)))
    <div class="verdict-body"><p class="verdict-head"><strong>\(line.title)</strong> \
    <span class="verdict-word">\(line.word)</span></p>
    <p>\(line.sentence)\(when(line.who) { #" <span class="quiet">Acts now: \#($0).</span>"# })</p></div>
    \(when(line.action) { #"<div class="actions">\#($0)</div>"# })\
    \(when(line.details) { folded("Details", isOpen: line.tone == .bad, $0) })</li>

    """
}
