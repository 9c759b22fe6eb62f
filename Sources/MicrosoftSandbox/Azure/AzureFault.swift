import HTTPTypes

/// A refusal of Azure Resource Manager. Source: Microsoft Learn, "Troubleshoot common Azure deployment errors" and
/// "Understand how Azure Resource Manager throttles requests".
struct AzureFault: APIFault, Sendable {
    let status: HTTPResponse.Status
    let code: String
    let message: String
    var headers = HTTPFields()

    init(_ status: HTTPResponse.Status, _ code: String, _ message: String, headers: HTTPFields = HTTPFields()) {
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
    }

    static let tokenMissing = AzureFault(
        .unauthorized, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.",
        headers: [.wwwAuthenticate: "Bearer"])
    static let tokenRefused = AzureFault(
        .unauthorized, "InvalidAuthenticationToken", "The access token is invalid.",
        headers: [.wwwAuthenticate: "Bearer error=\"invalid_token\""])
    static let wrongAudience = AzureFault(
        .unauthorized, "InvalidAuthenticationTokenAudience",
        "The access token has been obtained for wrong audience or resource. It should exactly match one of the allowed "
            + "audiences 'https://management.azure.com/','https://management.azure.com'.",
        headers: [.wwwAuthenticate: "Bearer error=\"invalid_token\""])
    static let versionMissing = AzureFault(
        .badRequest, "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.")
    static let unknownType = AzureFault(
        .notFound, "InvalidResourceType", "The resource type could not be found.")
    static let methodNotAllowed = AzureFault(
        .methodNotAllowed, "MethodNotAllowed", "The resource type does not support the HTTP method.")
    static let bodyUnreadable = AzureFault(
        .badRequest, "InvalidRequestContent", "The request content was invalid and could not be deserialized.")
    static let notAuthorized = AzureFault(
        .forbidden, "AuthorizationFailed",
        "The client does not have authorization to perform the action over the scope, or the scope is invalid.")
    static let aliasTaken = AzureFault(
        .conflict, "AliasConflict", "The alias already exists with other properties.")

    static func unsupportedVersion(_ version: String, of type: String, supported: [String]) -> AzureFault {
        AzureFault(
            .badRequest, "NoRegisteredProviderFound",
            "No registered resource provider found for API version '\(version)' for type '\(type)'. The supported "
                + "api-versions are '\(supported.joined(separator: ", "))'.")
    }

    static func notFound(_ name: String) -> AzureFault {
        AzureFault(.notFound, "NotFound", "The resource '\(name)' was not found.")
    }

    static func wrong(_ message: String) -> AzureFault { AzureFault(.badRequest, "BadRequest", message) }

    static func throttled(retryAfter: String) -> AzureFault {
        AzureFault(
            .tooManyRequests, "TooManyRequests", "The request is being throttled.",
            headers: retryAfter.isEmpty ? [:] : [.retryAfter: retryAfter])
    }

    static func unavailable(status: Int, retryAfter: String) -> AzureFault {
        AzureFault(
            HTTPResponse.Status(code: status), status == 503 ? "ServerTimeout" : "InternalServerError",
            "The server encountered an internal error.",
            headers: status == 503 && !retryAfter.isEmpty ? [.retryAfter: retryAfter] : [:])
    }

    var json: JSON { ["error": ["code": .string(code), "message": .string(message)]] }
}
