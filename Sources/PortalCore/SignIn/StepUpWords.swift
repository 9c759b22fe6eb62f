/// What a step-up is asked for, in words for a person. `StepUpTests` finds a route that asks for one and has none here.
enum StepUpWords {
    /// The words of a path, with the fields of the form that goes there; `nil` for a path that is not here.
    static func title(_ path: String, _ fields: [String: String] = [:]) -> String? {
        switch (path, fields["to"]) {
        case ("/security/sso-enabled", "on"): return "Enable single sign-on"
        case ("/security/sso-enabled", _): return "Disable single sign-on"
        case ("/security/sso-required", "on"): return "Require single sign-on"
        case ("/security/sso-required", _): return "No longer require single sign-on"
        default: break
        }
        let parts = path.prefix { $0 != "?" }.split(separator: "/")
        return known.first { route, _ in fits(route.split(separator: "/"), parts) }?.title
    }

    private static func fits(_ route: [Substring], _ parts: [Substring]) -> Bool {
        route.count == parts.count && zip(route, parts).allSatisfy { $0 == $1 || $0.hasPrefix(":") }
    }

    private static let known: [(route: String, title: String)] = [
        ("/account/recovery-codes", "Make new recovery codes"),
        ("/account/second-factor", "Set up your second step"),
        ("/account/second-factor/removal", "Switch your second step off"),
        ("/account/sso", "Link your account at the provider"),
        ("/brokers", "Create the broker"),
        ("/brokers/:broker/disabling", "Disable the broker"),
        ("/brokers/:broker/enabling", "Enable the broker"),
        ("/brokers/:broker/erasure", "Erase the broker"),
        ("/brokers/:broker/invitations", "Make a new link for the owner"),
        ("/brokers/:broker/owners", "Invite the owner"),
        ("/brokers/:broker/region", "Move the broker to another region"),
        ("/brokers/:broker/sso-domain-removals", "Take the domain away from the broker"),
        ("/groups", "Make the group"),
        ("/groups/:group", "Change the group"),
        ("/groups/:group/removal", "Delete the group"),
        ("/plugins/:plugin/erasure", "Erase what is stored of the plugin"),
        ("/plugins/:plugin/settings", "Change the plugin's settings"),
        ("/security/provider", "Change the settings of single sign-on"),
        ("/security/provider-removal", "Remove the provider of single sign-on"),
        ("/security/sso-enabled", "Switch single sign-on on or off"),
        ("/security/sso-pauses", "Pause single sign-on"),
        ("/security/sso-required", "Change whether single sign-on is required"),
        ("/security/unlinked-people", "Unlink the person from the account at the provider"),
        ("/services/:plugin/authentication", "Sign in at the provider, in the place of an earlier sign-in"),
        ("/services/:plugin/bulk-links", "Link the tenants in bulk"),
        ("/services/:plugin/erasure", "Erase what the service has read"),
        ("/users", "Invite the person"),
        ("/users/:user/disabling", "Disable the person"),
        ("/users/:user/enabling", "Enable the person"),
        ("/users/:user/groups", "Change the person's groups"),
        ("/users/:user/invitation", "Send the person a new invitation"),
        ("/users/:user/limits", "Change which organizations the person sees"),
        ("/users/:user/password-reset", "Send the person a link for a new password"),
        ("/users/:user/removal", "Withdraw the person's invitation"),
        ("/users/:user/role", "Change the person's role"),
        ("/users/:user/second-factor-reset", "Reset the person's second step"),
    ]

    static func isKnown(_ route: String) -> Bool { known.contains { $0.route == route } }
}
