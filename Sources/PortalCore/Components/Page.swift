import HTML
import PortalKit

/// A whole document with top bar, ribbons, side menu and page head around `content`.
func page(_ frame: PageFrame, _ content: HTML) -> HTML {
    document(
        windowTitle(
            [frame.title, frame.breadcrumbs.last?.title, frame.brokerName],
            error: frame.hasErrors ? errorWord[.english] : nil),
        refreshSeconds: frame.refreshSeconds,
        departure: frame.departure,
        """
        <header>
        \(topBar(frame))\(each(frame.ribbons, ribbon))</header>
        <div class="shell\(when(frame.menu.isEmpty, " no-menu"))">
        \(sideMenu(frame.menu))<main id="main" tabindex="-1">
        \(when(frame.notice, notice))\(breadcrumbs(frame.breadcrumbs))<div class="page-head">
        <div><h1>\(frame.title)</h1>\(when(frame.purpose) { #"<p class="purpose">\#($0)</p>"# })</div>
        \(when(frame.primaryAction) { "<div>\($0)</div>" })
        </div>
        \(content)
        </main>
        </div>
        """
    )
}

/// How a page without a menu is set.
enum BareLayout: String {
    /// A narrow card in the middle: signing in, choosing, being told of an error.
    case card
    /// A sheet as wide as a letter: approvals.
    case letter
}

/// A whole document without menu and user, for those who are not signed in, and for errors.
func barePage(
    title: String,
    brokerName: String? = nil,
    regionChip: String? = nil,
    purpose: String? = nil,
    layout: BareLayout = .card,
    ribbons: [Ribbon] = [],
    refreshSeconds: Int? = nil,
    departure: String? = nil,
    notice shown: Notice? = nil,
    hasErrors: Bool = false,
    footer: HTML? = nil,
    language: Language = .english,
    skip: String = "Skip to content",
    _ content: HTML
) -> HTML {
    document(
        windowTitle([title, brokerName], error: hasErrors ? errorWord[language] : nil),
        refreshSeconds: refreshSeconds,
        departure: departure,
        language: language,
        skip: skip,
        """
        \(when(!ribbons.isEmpty, "<div>\(each(ribbons, ribbon))</div>"))<div class="bare bare-\(layout.rawValue)">
        <header class="bare-head">\(brand(brokerName))\(when(regionChip, chip))</header>
        <main id="main" tabindex="-1" class="sheet">
        \(when(shown, notice))<h1>\(title)</h1>
        \(when(purpose) { #"<p class="purpose">\#($0)</p>"# })
        \(content)
        </main>
        \(when(footer) { #"<footer class="bare-foot">\#($0)</footer>"# })
        </div>
        """
    )
}

private func document(
    _ title: String, refreshSeconds: Int?, departure: String?, language: Language = .english,
    skip: String = "Skip to content", _ body: HTML
) -> HTML {
    """
    <!DOCTYPE html>
    <html lang="\(language.rawValue)">
    <head>
    <meta charset="utf-8">
    <title>\(title)</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    \(when(departure) { #"<meta http-equiv="refresh" content="0;url=\#(url: $0)">"# })\
    \(when(refreshSeconds) { #"<noscript><meta http-equiv="refresh" content="\#($0)"></noscript>"# })\
    <link rel="icon" href="\(asset("icons/gatehouse.svg"))" type="image/svg+xml">
    <link rel="stylesheet" href="\(asset("css/gatehouse.css"))">
    <script src="\(asset("js/gatehouse.js"))" defer></script>
    </head>
    <body>
    <a class="skip" href="#main">\(skip)</a>
    \(body)
    <div id="status" class="visually-hidden" role="status"></div>
    </body>
    </html>

    """
}

/// "Northgate Bakery – Tenants – Acme Cloud – Gatehouse": from the page outwards.
private func windowTitle(_ names: [String?], error: String?) -> String {
    let parts = names.compactMap { $0 == "Gatehouse" ? nil : $0 } + ["Gatehouse"]
    return (error.map { "\($0): " } ?? "") + parts.joined(separator: " – ")
}

private func breadcrumbs(_ crumbs: [(title: String, path: String)]) -> HTML {
    guard !crumbs.isEmpty else { return HTML() }
    return """
        <nav class="crumbs" aria-label="Breadcrumb"><ol>\
        \(each(crumbs) { #"<li><a href="\#(url: $0.path)">\#($0.title)</a></li>"# })</ol></nav>

        """
}
