import HTML

/// The level of a component's title below the page's h1, so that no level is jumped.
enum HeadingLevel {
    case h2, h3, h4
}

func heading(_ level: HeadingLevel, _ content: HTML) -> HTML {
    switch level {
    case .h2: "<h2>\(content)</h2>"
    case .h3: "<h3>\(content)</h3>"
    case .h4: "<h4>\(content)</h4>"
    }
}

/// A part of a page under a title of its own.
func section(_ title: String, id: String? = nil, intro: String? = nil, action: HTML? = nil, _ content: HTML) -> HTML {
    """
    <section class="section"\(attribute: "id", id)>
    <div class="section-head"><div><h2>\(title)</h2>\(when(intro) { "<p>\($0)</p>" })</div>\(action)</div>
    \(content)
    </section>

    """
}

/// A framed surface, for prose and definitions.
func panel(_ content: HTML) -> HTML {
    #"<div class="panel">\#(content)</div>"#
}
