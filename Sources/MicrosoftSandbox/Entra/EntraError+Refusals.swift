import HTTPTypes

/// What the fault `refusal` answers with, by number. Source for numbers and meanings: Microsoft Learn, "Microsoft Entra
/// authentication and authorization error codes".
extension EntraError {
    /// `error` and suberror are documented, or seen in recordings, for 50011, 50014, 50020, 50076, 50079, 50173, 500011,
    /// 53003, 54005, 65001, 70008, 700016, 700082, 7000215, 7000222, 90002 and 90099. All others follow the nearest of
    /// these, and no documentation says that they are right.
    static func refusal(_ number: Int) -> EntraError {
        guard let row = refusals[number] else {
            return EntraError(number, "invalid_grant", "The sandbox refuses as it was told to.")
        }
        return EntraError(
            number, row.error, row.text, status: row.error == "invalid_client" ? .unauthorized : .badRequest,
            suberror: row.suberror, claims: challenged.contains(number) ? mfaChallenge : nil)
    }

    /// Those that bring a claims challenge.
    private static let challenged: Set<Int> = [50072, 50074, 50076, 50078, 50079, 50158]

    private typealias Row = (error: String, suberror: String?, text: String)

    private static let refusals: [Int: Row] = interaction.merging(grants) { $1 }.merging(configuration) { $1 }

    private static let interaction: [Int: Row] = [
        16000: ("interaction_required", nil, "The account is not in the tenant; another one is needed."),
        50058: ("login_required", nil, "A silent sign-in request was sent but no user is signed in."),
        50072: ("interaction_required", "basic_action", "The user must enroll in multi-factor authentication."),
        50074: ("interaction_required", "basic_action", "Strong authentication is required."),
        50076: (
            "interaction_required", "basic_action",
            "Due to a configuration change made by your administrator, you must use multi-factor authentication."
        ),
        50078: ("interaction_required", "basic_action", "Presented multi-factor authentication has expired."),
        50079: ("interaction_required", "basic_action", "The user must enroll in multi-factor authentication."),
        50158: ("interaction_required", "basic_action", "The external security challenge was not satisfied."),
    ]

    private static let grants: [Int: Row] = [
        50014: ("invalid_grant", nil, "Guest user in pending state: the invitation has not been redeemed yet."),
        50020: ("invalid_grant", nil, "User account from identity provider does not exist in tenant."),
        50034: ("invalid_grant", nil, "The user account does not exist in the directory."),
        50053: ("invalid_grant", nil, "The account is locked: there were too many wrong passwords."),
        50055: ("invalid_grant", "user_password_expired", "The password is expired."),
        50057: ("invalid_grant", nil, "The user account is disabled."),
        50105: ("invalid_grant", nil, "The signed in user is not assigned to a role for the application."),
        50126: ("invalid_grant", nil, "Invalid username or password."),
        50132: ("invalid_grant", "bad_token", "The session is not valid: the password expired or was changed."),
        50133: ("invalid_grant", "bad_token", "The session is not valid: the password expired or was changed."),
        50173: ("invalid_grant", "bad_token", "The provided grant has expired due to it being revoked."),
        500_212: ("invalid_grant", nil, "The user's administrator has set an outbound access policy."),
        500_213: ("invalid_grant", nil, "The resource tenant's cross-tenant access policy does not allow this user."),
        501_481: ("invalid_grant", nil, "The Code_Verifier doesn't match the code_challenge."),
        53003: ("invalid_grant", "message_only", "Access has been blocked by Conditional Access policies."),
        530_034: ("invalid_grant", nil, "The delegated administrator was blocked because of account risk."),
        54005: ("invalid_grant", nil, "OAuth2 Authorization code was already redeemed."),
        65001: ("invalid_grant", "consent_required", "The user or administrator has not consented."),
        65004: ("access_denied", nil, "User declined to consent to access the app."),
        70000: ("invalid_grant", "bad_token", "The provided grant is not valid."),
        70008: ("invalid_grant", "bad_token", "The provided authorization code or refresh token has expired."),
        700_005: ("invalid_grant", nil, "Provided Authorization Code is intended to use against other tenant."),
        70043: ("invalid_grant", "token_expired", "The refresh token has expired due to sign-in frequency checks."),
        700_082: ("invalid_grant", "bad_token", "The refresh token has expired due to inactivity."),
        90072: ("invalid_grant", nil, "The external account does not exist in the tenant."),
        90094: ("invalid_grant", "consent_required", "Administrator consent is required."),
        90095: ("invalid_grant", "consent_required", "The administrator's consent was asked for and is pending."),
        90099: ("invalid_grant", nil, "The application has not been authorized in the tenant."),
    ]

    private static let configuration: [Int: Row] = [
        50001: ("invalid_resource", nil, "The resource is not in the tenant."),
        500_011: ("invalid_resource", nil, "The resource principal was not found in the tenant."),
        50011: ("invalid_request", nil, "The redirect URI does not match those configured for the application."),
        50194: ("invalid_request", nil, "The application is not configured as a multi-tenant application."),
        50196: ("invalid_request", nil, "The server terminated a loop of requests by the client."),
        65005: ("invalid_request", nil, "The application's list of required permissions is wrong."),
        650_051: ("unauthorized_client", nil, "The service principal is being made in the tenant."),
        650_052: ("invalid_resource", nil, "The organization lacks a service principal for the service."),
        650_056: ("unauthorized_client", nil, "Misconfigured application."),
        650_057: ("invalid_resource", nil, "The resource is not listed in the application's permissions."),
        700_016: ("unauthorized_client", nil, "The application was not found in the directory."),
        70011: ("invalid_scope", nil, "The provided value for the input parameter 'scope' is not valid."),
        7_000_112: ("unauthorized_client", nil, "The application is disabled."),
        7_000_215: ("invalid_client", nil, "Invalid client secret provided."),
        7_000_218: ("invalid_client", nil, "The request must contain 'client_assertion' or 'client_secret'."),
        7_000_222: ("invalid_client", nil, "The provided client secret keys are expired."),
        90002: ("invalid_request", nil, "Tenant not found."),
        90014: ("invalid_request", nil, "A required field is missing."),
        900_144: ("invalid_request", nil, "The request body must contain a parameter that is missing."),
        9_002_313: ("invalid_request", nil, "Invalid request. Request is malformed or invalid."),
    ]
}
