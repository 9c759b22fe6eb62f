import HTTPTypes

/// A refusal of the identity platform. Source: Microsoft Learn, "Microsoft Entra authentication and authorization error
/// codes". Which status and `error` word go with a code is documented for few of them; the rest follow the nearest one.
struct EntraError: Error, Sendable {
    /// The number after AADSTS.
    let code: Int
    /// OAuth's word, which clients decide on.
    let error: String
    let text: String
    let status: HTTPResponse.Status
    let suberror: String?
    let retryAfter: String?
    /// A claims challenge: a text of JSON that the client sends with the sign-in that cures this.
    let claims: String?

    init(
        _ code: Int, _ error: String, _ text: String, status: HTTPResponse.Status = .badRequest,
        suberror: String? = nil, retryAfter: String? = nil, claims: String? = nil
    ) {
        self.code = code
        self.error = error
        self.text = text
        self.status = status
        self.suberror = suberror
        self.retryAfter = retryAfter
        self.claims = claims
    }

    /// `error_description`: the text, then where to look it up, each on a line of its own with CR LF.
    func description(_ trace: EntraTrace) -> String {
        """
        AADSTS\(code): \(text)\r
        Trace ID: \(trace.traceID)\r
        Correlation ID: \(trace.correlationID)\r
        Timestamp: \(trace.timestamp)
        """
    }

    func json(_ trace: EntraTrace, base: String) -> JSON {
        [
            "error": .string(error),
            "error_description": .string(description(trace)),
            "error_codes": [.integer(code)],
            "timestamp": .string(trace.timestamp),
            "trace_id": .string(trace.traceID),
            "correlation_id": .string(trace.correlationID),
            "error_uri": "\(base)/entra/error?code=\(code)",
            "suberror": .optional(suberror),
            "claims": .optional(claims),
        ]
    }
}
