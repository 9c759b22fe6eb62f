import HTML

/// What is wrong with a form, above it and with the focus on it. An empty `field` stands for the form as a whole.
///
/// After the GOV.UK Design System's error summary, 2026-11.
func errorSummary(_ problems: [(field: String, text: String)], title: String = FormWords().summary) -> HTML {
    """
    <div class="error-summary" tabindex="-1" autofocus><div role="alert">
    <h2>\(title)</h2>
    <ul>\(each(problems) { problem in "<li>\(line(problem.field, problem.text))</li>" })</ul>
    </div></div>

    """
}

private func line(_ field: String, _ text: String) -> HTML {
    guard !field.isEmpty else { return "\(text)" }
    return """
        <a href="#field-\(field)">\(text)</a>
        """
}
