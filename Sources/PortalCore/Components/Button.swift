import HTML

enum ButtonStyle: String {
    case primary, secondary, danger
    /// As a link, for what is seldom wanted.
    case quiet
}

/// A form of one button, for what changes something.
func postButton(
    _ title: String,
    action: String,
    csrfToken: String,
    hidden: [(String, String)] = [],
    style: ButtonStyle = .secondary
) -> HTML {
    """
    <form class="one-button" method="post" action="\(url: action)">\
    \(hiddenInputs(csrfToken, hidden.map { (name: $0.0, value: $0.1) }))\(submitButton(title, style: style))</form>
    """
}

/// A link that looks like a button, for what only leads on.
func linkButton(_ title: String, path: String, style: ButtonStyle = .primary) -> HTML {
    #"<a class="button \#(style.rawValue)" href="\#(url: path)">\#(title)</a>"#
}

func submitButton(_ title: String, style: ButtonStyle = .primary) -> HTML {
    #"<button class="button \#(style.rawValue)" type="submit">\#(title)</button>"#
}
