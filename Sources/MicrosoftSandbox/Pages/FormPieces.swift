import HTML

/// What the forms of a sign-in have in common. Their fields: `flow` (hidden), `account`, `password`, `code`,
/// `organization`, and the buttons' `decision` (`accept`, `cancel`).
enum FormPieces {
    static func alert(_ problem: EntraError?) -> HTML {
        when(problem) {
            "<p id=\"problem\" class=\"problem\" role=\"alert\">AADSTS\($0.code): \($0.text)</p>"
        }
    }

    static func described(_ problem: EntraError?) -> String? { problem == nil ? nil : "problem" }

    /// The first button is the one that Enter presses.
    static func buttons(_ primary: String) -> HTML {
        """
        <div class="buttons">
        <button class="primary">\(primary)</button>
        <button name="decision" value="cancel" formnovalidate>Cancel</button>
        </div>
        """
    }

    /// `isFocused` where there is little to read: on a long page the focus would skip it.
    static func decision(isFocused: Bool = true) -> HTML {
        """
        <div class="buttons">
        <button class="primary" name="decision" value="accept"\(attribute: "autofocus", isFocused)>Accept</button>
        <button name="decision" value="cancel">Cancel</button>
        </div>
        """
    }

    static func permission(_ words: String, of source: String, _ name: String) -> HTML {
        "<li>\(words)<br><span class=\"quiet\">\(source): <code>\(name)</code></span></li>\n"
    }

    static func permissions(_ permissions: [ResourceScope]) -> HTML {
        each(permissions) { permission($0.words, of: $0.resource.name, $0.value) }
    }

    static func codeField(_ typed: String, _ problem: EntraError?) -> HTML {
        """
        <label for="code">Code</label>
        <input id="code" name="code" value="\(typed)" inputmode="numeric" autocomplete="one-time-code" \
        maxlength="10" required autofocus\(attribute: "aria-describedby", described(problem))>
        """
    }
}
