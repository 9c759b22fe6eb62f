import HTML

/// The pages of the admin portal. Their fields: `flow` (hidden), `account`, `password`, `code`, `relationship`,
/// `confirmed`, and the buttons' `decision` (`approve`, `reject`).
struct AdminPages: Sendable {
    func signIn(_ flow: String, account: String, problem: String?) -> HTML {
        PageLayout(title: "Sign in").page(
            """
            <h1>Sign in</h1>
            <p>to the <strong>admin center</strong> of your organization, as its Global Administrator</p>
            \(alert(problem))
            <form method="post" action="/admin/signin">
            \(hidden(flow))
            <label for="account">Account</label>
            <input id="account" name="account" type="email" value="\(account)" autocomplete="username" \
            spellcheck="false" required\(attribute: "autofocus", account.isEmpty)\
            \(attribute: "aria-describedby", described(problem))>
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" \
            required\(attribute: "autofocus", !account.isEmpty)\(attribute: "aria-describedby", described(problem))>
            <div class="buttons"><button class="primary">Sign in</button></div>
            </form>
            <p class="quiet">A customer’s administrator is <code>admin@</code> and the customer’s domain. The password \
            is on <a href="/">the control page</a>.</p>
            """)
    }

    func mfa(_ flow: String, account: Account, problem: String?) -> HTML {
        PageLayout(title: "Enter code").page(
            """
            <h1>Enter code</h1>
            <p>Signing in as <strong>\(account.userName)</strong>. Enter the six digits that the authenticator app \
            would show. In practice they are always <code>\(World.mfaCode)</code>.</p>
            \(alert(problem))
            <form method="post" action="/admin/mfa">
            \(hidden(flow))
            <label for="code">Code</label>
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" required \
            autofocus\(attribute: "aria-describedby", described(problem))>
            <div class="buttons"><button class="primary">Verify</button></div>
            </form>
            """)
    }

    func invitation(_ flow: String, _ shown: ShownRelationship, _ customer: Customer) -> HTML {
        PageLayout(title: "Approve partner roles").page(
            """
            <h1>Approve partner roles</h1>
            <p><strong>\(shown.partner)</strong> asks to administer <strong>\(customer.name)</strong>.</p>
            <dl>
            <dt>Request</dt><dd>\(shown.relationship.displayName)</dd>
            <dt>Duration</dt><dd>\(shown.length)</dd>
            <dt>At its end</dt><dd>\(shown.continuation)</dd>
            </dl>
            <h2>Roles asked for</h2>
            <ul class="permissions">
            \(each(shown.roles) { "<li>\($0)</li>\n" })
            </ul>
            <form method="post" action="/admin/decision">
            \(hidden(flow))
            <p class="quiet">Approve only if you know this partner. People whom it chooses can then use these roles in \
            your organization.</p>
            <div class="buttons">
            <button class="primary" name="decision" value="approve">Approve</button>
            <button name="decision" value="reject">Reject</button>
            </div>
            </form>
            """)
    }

    func partners(
        _ flow: String, _ relationships: [ShownRelationship], _ customer: Customer, removed: String?
    ) -> HTML {
        PageLayout(title: "Partner relationships", width: .wide).page(
            """
            <h1>Partner relationships</h1>
            <p>Who may administer <strong>\(customer.name)</strong>, and who asks for it.</p>
            \(when(removed) { "<p role=\"status\"><strong>\($0)</strong> is being removed.</p>" })
            \(when(relationships.isEmpty, "<p>No partner has roles here, and none asks for them.</p>"))
            \(when(!relationships.isEmpty, table(flow, relationships)))
            """)
    }

    private func table(_ flow: String, _ relationships: [ShownRelationship]) -> HTML {
        """
        <table aria-label="Partner relationships">
        <thead><tr><th scope="col">Relationship</th><th scope="col">Partner</th><th scope="col">Roles</th>\
        <th scope="col">Status</th><th scope="col">Ends</th><th scope="col">Action</th></tr></thead>
        <tbody>
        \(each(relationships) { row(flow, $0) })
        </tbody>
        </table>
        """
    }

    private func row(_ flow: String, _ shown: ShownRelationship) -> HTML {
        """
        <tr><td data-label="Relationship"><div>\(shown.relationship.displayName)</div></td>\
        <td data-label="Partner"><div>\(shown.partner)</div></td>\
        <td data-label="Roles"><div>\(shown.roles.joined(separator: ", "))</div></td>\
        <td data-label="Status"><div>\(shown.state)</div></td>\
        <td data-label="Ends"><div>\(shown.end)</div></td>\
        <td data-label="Action"><div>\(when(shown.isActive, removeButton(flow, shown)))\
        \(when(shown.isWaiting, answerLink(shown)))</div></td></tr>

        """
    }

    private func removeButton(_ flow: String, _ shown: ShownRelationship) -> HTML {
        """
        <form method="post" action="/admin/removal">\(hidden(flow))\
        <input type="hidden" name="relationship" value="\(shown.relationship.id)">\
        <button aria-label="Remove \(shown.relationship.displayName)">Remove</button></form>
        """
    }

    private func answerLink(_ shown: ShownRelationship) -> HTML {
        """
        <a href="\(url: "/admin/partners/invitation/granularAdminRelationships/\(shown.relationship.id)")" \
        aria-label="Answer \(shown.relationship.displayName)">Answer</a>
        """
    }

    func removal(_ flow: String, _ shown: ShownRelationship) -> HTML {
        PageLayout(title: "Remove this relationship?").page(
            """
            <h1>Remove this relationship?</h1>
            <p><strong>\(shown.partner)</strong> loses all roles of “\(shown.relationship.displayName)” at once, and what \
            it does for you with them stops. To give them again, it must send a new request.</p>
            <form method="post" action="/admin/removal">
            \(hidden(flow))
            <input type="hidden" name="relationship" value="\(shown.relationship.id)">
            <div class="buttons">
            <button class="primary" name="confirmed" value="yes">Remove</button>
            <button formaction="/admin/partners">Keep it</button>
            </div>
            </form>
            """)
    }

    /// `flow` leads on to the list of partners, where somebody is signed in who may see it.
    func notice(_ notice: AdminNotice, _ flow: String?) -> HTML {
        PageLayout(title: notice.title).page(
            """
            <h1>\(notice.title)</h1>
            <p role="status">\(notice.text)</p>
            \(when(flow, partnersButton))
            """)
    }

    private func partnersButton(_ flow: String) -> HTML {
        """
        <form method="post" action="/admin/partners">\(hidden(flow))\
        <div class="buttons"><button>Partner relationships</button></div></form>
        """
    }

    private func hidden(_ flow: String) -> HTML { "<input type=\"hidden\" name=\"flow\" value=\"\(flow)\">" }

    private func alert(_ problem: String?) -> HTML {
        when(problem) { "<p id=\"problem\" class=\"problem\" role=\"alert\">\($0)</p>" }
    }

    private func described(_ problem: String?) -> String? { problem == nil ? nil : "problem" }
}
