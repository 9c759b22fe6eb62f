import HTML

/// A part of a page that keeps itself up to date: each second the script asks `path` for this part's new content, until
/// the answer carries `X-Live-Done: 1`. With `reloads`, the whole page is then loaded again, once.
///
/// Give the frame a `refreshSeconds` as well, for browsers without JavaScript.
func live(_ path: String, reloads: Bool = false, _ content: HTML) -> HTML {
    #"<div data-live="\#(url: path)"\#(attribute: "data-live-reload", reloads)>\#(content)</div>"#
}
