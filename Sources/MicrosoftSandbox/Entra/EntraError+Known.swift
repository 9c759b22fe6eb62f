import HTTPTypes

/// The refusals that the sandbox knows. Texts are Microsoft's, shortened.
extension EntraError {
    static func tenantNotFound(_ tenant: String, error: String = "invalid_request") -> Self {
        Self(
            90002, error,
            "Tenant '\(tenant)' not found. Check to make sure you have the correct tenant ID and are signing "
                + "into the correct cloud.")
    }

    static func applicationNotFound(_ id: String, in tenant: String) -> Self {
        Self(
            700016, "unauthorized_client",
            "Application with identifier '\(id)' was not found in the directory '\(tenant)'. This can happen "
                + "if it was not consented to by any user in the tenant.")
    }

    static func redirectMismatch(_ uri: String, application: String) -> Self {
        Self(
            50011, "invalid_request",
            "The redirect URI '\(uri)' specified in the request does not match the redirect URIs configured "
                + "for the application '\(application)'.")
    }

    static func missing(_ parameter: String) -> Self {
        Self(900144, "invalid_request", "The request body must contain the following parameter: '\(parameter)'.")
    }

    static func invalidParameter(_ parameter: String, _ value: String) -> Self {
        Self(90023, "invalid_request", "The value '\(value)' of '\(parameter)' is not supported.")
    }

    static func responseTypeNotEnabled(_ type: String) -> Self {
        Self(700054, "unsupported_response_type", "response_type '\(type)' is not enabled for the application.")
    }

    static func invalidScope(_ scope: String) -> Self {
        Self(
            70011, "invalid_scope",
            "The provided value for the input parameter 'scope' is not valid. The scope \(scope) is not "
                + "valid.")
    }

    static func severalResources(_ scopes: String) -> Self {
        Self(
            28000, "invalid_request",
            "The input parameter scope is not valid because it contains more than one resource. Scope "
                + "\(scopes) is not valid.")
    }

    static func resourceNotFound(_ resource: String, in tenant: String) -> Self {
        Self(
            500011, "invalid_resource",
            "The resource principal named \(resource) was not found in the tenant named \(tenant).")
    }

    static func accountNotInTenant(_ userName: String, _ tenant: String) -> Self {
        Self(
            50020, "invalid_grant",
            "User account '\(userName)' from identity provider does not exist in tenant '\(tenant)' and "
                + "cannot access the application in that tenant.")
    }

    static func notConsented(_ application: RegisteredApplication) -> Self {
        Self(
            65001, "invalid_grant",
            "The user or administrator has not consented to use the application with ID '\(application.id)' "
                + "named '\(application.name)'. Send an interactive authorization request for this user and "
                + "resource.",
            suberror: "consent_required")
    }

    static func applicationNotAuthorized(_ application: RegisteredApplication) -> Self {
        Self(
            90099, "invalid_grant",
            "The application '\(application.id)' (\(application.name)) has not been authorized in the tenant. "
                + "Applications must be authorized to access the external tenant before partner delegated "
                + "administrators can use them.")
    }

    static func mfaRequired(_ resource: Resource) -> Self {
        Self(
            50076, "interaction_required",
            "Due to a configuration change made by your administrator, or because you moved to a new location, "
                + "you must use multi-factor authentication to access '\(resource.applicationID)'.",
            suberror: "basic_action", claims: mfaChallenge)
    }

    /// What asks for a second proof, as Conditional Access puts it.
    static let mfaChallenge =
        #"{"access_token":{"capolids":{"essential":true,"values":["eeeeeeee-0000-4000-8000-0000000000cc"]}}}"#

    static func malformed(_ parameter: String) -> Self {
        Self(9_002_313, "invalid_request", "Invalid request. '\(parameter)' is malformed or invalid.")
    }

    static func throttled(retryAfter: String) -> Self {
        Self(
            90055, "temporarily_unavailable",
            "There are too many incoming requests.",
            status: .tooManyRequests, retryAfter: retryAfter.isEmpty ? nil : retryAfter)
    }

    static let noSession = Self(50058, "login_required", "A silent sign-in request was sent but no user is signed in.")
    static let queryWithToken = Self(
        70007, "invalid_request", "'query' is not a supported value of 'response_mode' when requesting a token.")
    static let openIDMissing = Self(
        90014, "invalid_request", "The required scope 'openid' is missing for the response type 'id_token'.")
    static let accountDisabled = Self(50057, "invalid_grant", "The user account is disabled.")
    static let invitationPending = Self(
        50014, "invalid_grant", "Guest user in pending state: the invitation has not been redeemed yet.")
    static let needsAdministrator = Self(
        90094, "access_denied",
        "The administrator of the organization must consent: these permissions are not for users to grant.")
    static let principalBeingMade = Self(
        650_051, "unauthorized_client",
        "The service principal of the application is being made in the tenant. Try again in a while.")
    static let commonNotAllowed = Self(
        900_143, "invalid_request",
        "An administrator's consent needs one tenant: use a tenant id, a domain or 'organizations', not 'common'.")
    static let invitationNotValid = Self(
        50_018, "invalid_request",
        "The invitation was not found. It was taken back, or replaced by a newer one, or its address is cut off.")
    static let assertionMalformed = Self(
        50027, "invalid_client", "The client assertion is no JWT that can be read.", status: .unauthorized)
    static let assertionSignature = Self(
        700_027, "invalid_client",
        "The certificate with identifier used to sign the client assertion is not registered on application.",
        status: .unauthorized)
    static let assertionSubject = Self(
        700_021, "invalid_client", "Client assertion's issuer and subject must be the application's id.",
        status: .unauthorized)
    static let assertionAudience = Self(
        700_023, "invalid_client", "Client assertion audience claim does not match Realm issuer.",
        status: .unauthorized)
    static let assertionTime = Self(
        700_024, "invalid_client", "Client assertion is not within its valid time range.", status: .unauthorized)
    static let declined = Self(65004, "access_denied", "User declined to consent to access the app.")
    static let flowExpired = Self(
        50089, "invalid_request",
        "Authentication failed due to flow token expired. Start the sign-in again where you came from.")
    static let unsupportedGrant = Self(70003, "unsupported_grant_type", "The app requested an unsupported grant type.")
    static let secretMissing = Self(
        7_000_218, "invalid_client",
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        status: .unauthorized)
    static let wrongSecret = Self(
        7_000_215, "invalid_client",
        "Invalid client secret provided. Ensure the secret being sent is the client secret value, not the "
            + "client secret ID.",
        status: .unauthorized)
    static let scopeWithoutDefault = Self(
        1_002_012, "invalid_scope",
        "The provided value for scope is not valid. Client credential flows must have a scope value with "
            + "/.default suffixed to the resource identifier.")
    static let invalidCode = Self(
        70000, "invalid_grant", "The provided value for the 'code' parameter is not valid.", suberror: "bad_token")
    static let invalidRefreshToken = Self(
        70000, "invalid_grant",
        "The provided value for the 'refresh_token' parameter is not valid.",
        suberror: "bad_token")
    static let codeExpired = Self(
        70008, "invalid_grant",
        "The provided authorization code or refresh token has expired due to inactivity.",
        suberror: "bad_token")
    static let codeRedeemed = Self(
        54005, "invalid_grant",
        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an "
            + "existing refresh token.")
    static let codeOfOtherTenant = Self(
        700_005, "invalid_grant", "Provided Authorization Code is intended to use against other tenant, thus rejected.")
    static let replyAddressMismatch = Self(
        500_112, "invalid_grant",
        "The reply address does not match the reply address provided when requesting the authorization "
            + "code.")
    static let verifierMismatch = Self(
        501_481, "invalid_grant",
        "The Code_Verifier doesn't match the code_challenge supplied in the authorization request.")
    static let refreshTokenUnused = Self(
        700_082, "invalid_grant",
        "The refresh token has expired due to inactivity: it was not used for 90 days.",
        suberror: "bad_token")
    static let grantRevoked = Self(
        50173, "invalid_grant",
        "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user "
            + "might have changed or reset their password.",
        suberror: "bad_token")

    static func unavailable(status: Int, retryAfter: String) -> Self {
        Self(
            90033, "temporarily_unavailable", "A transient error has occurred. Please try again.",
            status: .init(code: status), retryAfter: status == 503 && !retryAfter.isEmpty ? retryAfter : nil)
    }
}
