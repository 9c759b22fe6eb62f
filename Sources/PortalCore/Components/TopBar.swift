import HTML

func topBar(_ frame: PageFrame) -> HTML {
    """
    <div class="bar">
    \(when(!frame.menu.isEmpty, menuToggle))<a class="brand-link" href="/">\(brand(frame.brokerName))</a>\
    \(when(frame.regionChip, chip))\(when(frame.searchPath, searchForm))\
    \(when(frame.user) { userMenu(name: $0.name, email: $0.email, csrfToken: frame.csrfToken) })
    </div>

    """
}

/// The mark, and whose portal this is.
func brand(_ brokerName: String?) -> HTML {
    """
    <span class="brand"><img src="\(asset("icons/gatehouse.svg"))" alt="" width="24" height="24">\
    <span>\(brokerName ?? "Gatehouse")</span></span>
    """
}

/// A short fact in a frame: `chip("EU")`.
func chip(_ text: String) -> HTML {
    #"<span class="chip">\#(text)</span>"#
}

private func searchForm(_ path: String) -> HTML {
    """
    <form class="search" role="search" method="get" action="\(url: path)">\
    <label class="visually-hidden" for="search">Search</label>\(icon(.search))\
    <input id="search" name="q" type="search" placeholder="Search" autocomplete="off"></form>
    """
}

private func userMenu(name: String, email: String, csrfToken: String?) -> HTML {
    """
    <details class="user-menu" data-menu><summary class="button quiet">\(icon(.person))\
    <span class="visually-hidden">Account: </span><span class="user-name">\(name)</span></summary>\
    <div><p><strong>\(name)</strong><br><span class="quiet">\(email)</span></p>\
    \(when(csrfToken != nil, #"<p><a href="/account">Your account</a></p>"#))\
    \(when(csrfToken) { postButton("Sign out", action: "/sign-out", csrfToken: $0) })</div></details>
    """
}
