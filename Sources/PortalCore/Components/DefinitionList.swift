import HTML

func definitionList(_ pairs: [(String, HTML)]) -> HTML {
    """
    <dl class="facts-list">\(each(pairs) { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" })</dl>

    """
}
