import HTML

/// The few drawings of the portal, inline so that they follow the text's colour and need no request.
enum Icon {
    case tone(Tone)
    case menu
    case search
    case person
    case question
}

/// Decoration only: hidden from screen readers, so a word must stand beside it.
func icon(_ icon: Icon) -> HTML {
    switch icon {
    case .tone(let tone): drawing(" \(tone.rawValue)", shape(tone))
    case .menu: drawing("", #"<path class="line" d="M2 4h12M2 8h12M2 12h12"/>"#)
    case .search:
        drawing("", #"<circle class="line" cx="7" cy="7" r="4.5"/><path class="line" d="m10.5 10.5 3.5 3.5"/>"#)
    case .person:
        drawing(
            "",
            """
            <circle class="line" cx="8" cy="5.25" r="2.75"/>\
            <path class="line" d="M2.75 14c.4-3 2.4-4.5 5.25-4.5s4.85 1.5 5.25 4.5"/>
            """
        )
    case .question:
        drawing(
            " idle",
            """
            <circle class="line" cx="8" cy="8" r="6.25"/>\
            <path class="line" d="M6.2 6.4c0-2.3 3.6-2.3 3.6 0C9.8 7.7 8 7.6 8 9m0 1.9v.3"/>
            """
        )
    }
}

private func drawing(_ style: HTML, _ shapes: HTML) -> HTML {
    #"<svg class="icon\#(style)" viewBox="0 0 16 16" aria-hidden="true">\#(shapes)</svg>"#
}

/// Each tone has an outline of its own, for those who don't see the colour.
private func shape(_ tone: Tone) -> HTML {
    switch tone {
    case .good: #"<circle cx="8" cy="8" r="7"/><path class="cut" d="m4.9 8.3 2.1 2.1 4.1-4.6"/>"#
    case .wait: #"<circle class="line" cx="8" cy="8" r="6.25"/><path class="line" d="M8 4.5V8l2.2 1.6"/>"#
    case .warn:
        """
        <path d="M8 1.4a1 1 0 0 1 .9.5l6.3 11.2a1 1 0 0 1-.9 1.5H1.7a1 1 0 0 1-.9-1.5L7.1 1.9a1 1 0 0 1 .9-.5z"/>\
        <path class="cut" d="M8 6v3.6m0 2v.3"/>
        """
    case .bad: #"<path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z"/><path class="cut" d="m5.5 5.5 5 5m0-5-5 5"/>"#
    case .idle: #"<circle class="line" cx="8" cy="8" r="6.25"/>"#
    }
}
