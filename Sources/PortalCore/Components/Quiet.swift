import HTML

/// Secondary text in a line.
func quiet(_ text: String) -> HTML {
    #"<span class="quiet">\#(text)</span>"#
}

/// An id in a table or a sentence: monospaced, and it may break anywhere.
func code(_ text: String) -> HTML {
    "<code>\(text)</code>"
}

/// A number that stands for a page of its own: "9 unlinked tenants".
func stat(_ value: Int, _ label: String, path: String? = nil, tone: Tone = .idle) -> HTML {
    let content: HTML = "<b>\(grouped(value))</b> <span>\(label)</span>"
    return """
        <li class="stat \(tone.rawValue)">\
        \(path.map { #"<a href="\#(url: $0)">\#(content)</a>"# } ?? "<div>\(content)</div>")</li>
        """
}

func stats(_ stats: [HTML]) -> HTML {
    #"<ul class="stats">\#(each(stats, \.self))</ul>"#
}

/// A name, and under it, smaller, what tells it apart: for the first cell of a row.
func twoLines(_ name: HTML, _ detail: HTML) -> HTML {
    #"\#(name)<span class="two-lines">\#(detail)</span>"#
}
