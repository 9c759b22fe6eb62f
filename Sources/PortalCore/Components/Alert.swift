import HTML

/// A framed remark in the flow of a page.
func alert(_ tone: Tone, _ title: String, _ body: HTML) -> HTML {
    """
    <div class="alert \(tone.rawValue)">\(icon(.tone(tone)))<div><p><strong>\(title)</strong></p>\(body)</div></div>

    """
}
