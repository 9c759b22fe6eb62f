import HTML

/// The frame of every page. It looks like nobody's real sign-in, on purpose.
struct PageLayout {
    /// A sign-in step is one narrow card; the control page is wide.
    enum Width: String {
        case narrow, wide
    }

    let title: String
    var width = Width.narrow

    func page(_ content: HTML) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title) · Practice Microsoft</title>
        <link rel="stylesheet" href="/sandbox.css">
        <link rel="icon" href="/favicon.svg" type="image/svg+xml">
        </head>
        <body>
        <header>Practice Microsoft sign-in: nothing here is real</header>
        <main class="\(width.rawValue)">
        \(content)
        </main>
        </body>
        </html>

        """
    }
}
