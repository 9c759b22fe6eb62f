import HTML

/// Why there is nothing, what will appear, and one thing to do.
func emptyState(title: String, text: String, action: HTML? = nil, level: HeadingLevel = .h2) -> HTML {
    """
    <div class="empty">\(heading(level, "\(title)"))<p>\(text)</p>\(when(action) { #"<div class="actions">\#($0)</div>"# })</div>

    """
}
