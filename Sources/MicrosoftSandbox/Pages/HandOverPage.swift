import HTML

/// `response_mode=form_post`: a form that carries the answer to the application. Microsoft's page sends itself by script;
/// the sandbox's pages have none, so a person presses the button. Source: OpenID, "OAuth 2.0 Form Post Response Mode".
struct HandOverPage {
    let action: String
    let fields: [(String, String)]

    var html: HTML {
        PageLayout(title: "Go on to the application").page(
            """
            <h1>Go on to the application</h1>
            <p>The sign-in is over. Its answer goes on with this button; at Microsoft the page would press it by \
            itself.</p>
            <form method="post" action="\(url: action)">
            \(each(fields) { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">\n" })
            <div class="buttons"><button class="primary" autofocus>Continue</button></div>
            </form>
            """)
    }
}
