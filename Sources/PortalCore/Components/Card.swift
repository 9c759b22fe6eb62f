import HTML

func card(
    title: String,
    titlePath: String? = nil,
    subtitle: String? = nil,
    badge: HTML? = nil,
    body: HTML,
    footer: HTML? = nil,
    level: HeadingLevel = .h2
) -> HTML {
    let name: HTML = titlePath.map { #"<a href="\#(url: $0)">\#(title)</a>"# } ?? "\(title)"
    return """
        <article class="card">
        <div class="card-head"><div>\(heading(level, name))\
        \(when(subtitle) { #"<p class="quiet">\#($0)</p>"# })</div>\(badge)</div>
        <div class="card-body">\(body)</div>
        \(when(footer) { #"<div class="card-foot">\#($0)</div>"# })
        </article>

        """
}

func cards(_ cards: [HTML]) -> HTML {
    """
    <ul class="cards">
    \(each(cards) { "<li>\($0)</li>\n" })</ul>

    """
}
