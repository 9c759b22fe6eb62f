import HTML

/// An id or an address, with a button that copies it. `label` names it: "redirect address".
func copyable(_ text: String, label: String) -> HTML {
    """
    <span class="copyable"><code>\(text)</code>\(copyButton(text, label: label))</span>
    """
}

/// Seen only where JavaScript runs; without it, what is beside it can be selected.
func copyButton(_ text: String, label: String) -> HTML {
    """
    <button class="button small needs-js" type="button" data-copy="\(text)"><span>Copy</span>\
    <span class="visually-hidden"> \(label)</span></button>
    """
}

/// The same where copying is the main thing to do: all words are seen.
func copyAction(_ title: String, _ text: String) -> HTML {
    #"<button class="button primary needs-js" type="button" data-copy="\#(text)"><span>\#(title)</span></button>"#
}
