import HTML

struct MenuItem {
    var title: String
    var path: String
    var isCurrent = false
    /// Shown when above zero.
    var count: Int? = nil
}

struct MenuGroup {
    var title: String? = nil
    var items: [MenuItem]
}

/// The side menu. Below 800 px it is shown while the top bar's ``menuToggle`` is open, without JavaScript.
func sideMenu(_ groups: [MenuGroup]) -> HTML {
    guard !groups.isEmpty else { return HTML() }
    return """
        <nav class="menu" id="menu" aria-label="Main">\(each(groups, menuGroup))</nav>

        """
}

/// Holds nothing: the stylesheet looks at whether it is open, so that one menu serves wide and narrow pages.
let menuToggle: HTML = """
    <details class="menu-toggle"><summary class="button quiet" aria-controls="menu">\(icon(.menu)) Menu</summary></details>
    """

private func menuGroup(_ group: MenuGroup) -> HTML {
    """
    \(when(group.title) { #"<p class="menu-title">\#($0)</p>"# })<ul>\(each(group.items, menuItem))</ul>
    """
}

private func menuItem(_ item: MenuItem) -> HTML {
    let count = item.count.flatMap { $0 > 0 ? grouped($0) : nil }
    return """
        <li><a href="\(url: item.path)"\(attribute: "aria-current", item.isCurrent ? "page" : nil)>\(item.title)\
        \(when(count) { #" <span class="count">\#($0)</span>"# })</a></li>

        """
}
