import HTML

struct TrackerStep {
    var title: String
    var sentence: String
    var tone: Tone
    var word: String
    /// Who acts now: "You", "The customer's administrator".
    var who: String? = nil
    var since: String? = nil
    var action: HTML? = nil
    /// Folded, but open on the current step.
    var details: HTML? = nil
    var isCurrent = false
}

/// Numbered steps down the page.
func tracker(_ steps: [TrackerStep], level: HeadingLevel = .h2) -> HTML {
    """
    <ol class="tracker">
    \(each(steps.enumerated()) { trackerStep($1, number: $0 + 1, level: level) })</ol>

    """
}

private func trackerStep(_ step: TrackerStep, number: Int, level: HeadingLevel) -> HTML {
    """
    <li class="step \(step.tone.rawValue)"\(attribute: "aria-current", step.isCurrent ? "step" : nil)>
    <span class="step-number" aria-hidden="true">\(number)</span>
    <div class="step-body"><div class="step-head">\(heading(level, "\(step.title)"))\(stateBadge(step.tone, step.word))</div>
    <p>\(step.sentence)</p>\(whoSince(step.who, step.since))
    \(when(step.action) { #"<div class="actions">\#($0)</div>"# })
    \(when(step.details) { folded("Details", isOpen: step.isCurrent, $0) })</div>
    </li>

    """
}

private func whoSince(_ who: String?, _ since: String?) -> HTML {
    guard who != nil || since != nil else { return HTML() }
    return """
        <p class="quiet">\(when(who) { "Acts now: <strong>\($0)</strong>" })\
        \(when(since) { who == nil ? "Since \($0)" : " · since \($0)" })</p>
        """
}

/// What most readers don't need.
func folded(_ title: String, isOpen: Bool = false, _ content: HTML) -> HTML {
    """
    <details class="fold"\(attribute: "open", isOpen)><summary>\(title)</summary><div>\(content)</div></details>
    """
}
