import HTTPTypes

/// A refusal of Partner Center. Source: Microsoft Learn, "Partner Center REST error codes".
struct PartnerCenterFault: APIFault, Sendable {
    var status: HTTPResponse.Status
    /// Nil for an answer without a body.
    var body: JSON?
    var code: String?
    var headers = HTTPFields()

    /// The documented shape: code, description, sometimes data, and a source whose values are nowhere documented.
    init(_ status: HTTPResponse.Status, _ code: String, _ description: String, headers: HTTPFields = HTTPFields()) {
        self.status = status
        self.code = code
        self.headers = headers
        body = ["code": .string(code), "description": .string(description), "data": [], "source": "PartnerFD"]
    }

    private init(status: HTTPResponse.Status, body: JSON?, headers: HTTPFields) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    private static let invalidToken: HTTPFields = [.wwwAuthenticate: "Bearer error=\"invalid_token\""]

    static let tokenMissing = PartnerCenterFault(
        .unauthorized, "800001", "The partner token is missing.", headers: [.wwwAuthenticate: "Bearer"])
    static let tokenRefused = PartnerCenterFault(.unauthorized, "400", "Access denied.", headers: invalidToken)
    static let wrongAudience = PartnerCenterFault(
        .unauthorized, "900420",
        "The audience in the token is invalid and is no longer supported in Partner Center API.")
    static let appOnly = PartnerCenterFault(
        .forbidden, "900329", "This resource does not support application-only authentication.")
    static let notAdminAgent = PartnerCenterFault(
        .forbidden, "900150",
        "Access denied. The role of the signed-in user does not have the rights for this operation.")
    static let accessDenied = PartnerCenterFault(.forbidden, "2032", "Access denied.")
    static let notFound = PartnerCenterFault(.notFound, "1000", "Not found")
    static let tenantNotFound = PartnerCenterFault(.notFound, "60003", "Tenant not found")
    static let invalidCustomerID = PartnerCenterFault(.badRequest, "900118", "The customer ID is not valid.")

    static func unavailable(status: Int, retryAfter: String) -> PartnerCenterFault {
        PartnerCenterFault(
            HTTPResponse.Status(code: status), "800003", "Unexpected service error",
            headers: status == 503 && !retryAfter.isEmpty ? [.retryAfter: retryAfter] : [:])
    }

    static func invalidProperty(_ name: String) -> PartnerCenterFault {
        PartnerCenterFault(.badRequest, "3000", "Invalid property: \(name.prefix(200))")
    }

    static func noRelationship(partner: String, customer: String) -> PartnerCenterFault {
        PartnerCenterFault(
            .forbidden, "20002",
            "The partner ID \(partner) has no commerce relationship with the customer ID \(customer).")
    }

    /// Both forms met: a bare 401, and one with code 900421. Source: Microsoft Learn, "Partner security
    /// requirements: mandating MFA"; the code comes from Microsoft's announcements of 2026.
    static func mfaMissing(_ form: MFARefusal) -> PartnerCenterFault {
        var fault = PartnerCenterFault(.unauthorized, "900421", "MFA required", headers: invalidToken)
        if form == .withoutBody { fault.body = nil }
        return fault
    }

    /// The gateway's answer, which has another shape.
    static func throttled(retryAfter: String) -> PartnerCenterFault {
        PartnerCenterFault(
            status: .tooManyRequests,
            body: ["statusCode": 429, "message": "Rate limit is exceeded. Try again in \(retryAfter) seconds."],
            headers: retryAfter.isEmpty ? [:] : [.retryAfter: retryAfter])
    }
}
