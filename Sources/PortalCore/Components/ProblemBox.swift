import HTML

/// What happened, what it means, what to do now, and the facts that a support desk asks for.
///
/// `reference` is our own: it is listed last and copied with the rest.
func problemBox(
    title: String,
    explanation: String,
    nextStep: String?,
    facts: [(String, String)] = [],
    reference: String? = nil,
    action: HTML? = nil
) -> HTML {
    let all = facts + (reference.map { [("Reference", $0)] } ?? [])
    return """
        <div class="problem bad">
        <p class="problem-title">\(icon(.tone(.bad)))<strong>\(title)</strong></p>
        <p>\(explanation)</p>\(when(nextStep) { #"<p class="next">\#($0)</p>"# })
        \(when(action) { #"<div class="actions">\#($0)</div>"# })\(when(!all.isEmpty, factList(all)))
        </div>

        """
}

private func factList(_ facts: [(String, String)]) -> HTML {
    let text = facts.map { "\($0.0): \($0.1)" }.joined(separator: "\n")
    return """
        <div class="facts"><dl>\(each(facts) { "<div><dt>\($0.0)</dt><dd><code>\($0.1)</code></dd></div>" })</dl>\
        \(copyButton(text, label: "these facts"))</div>
        """
}
