import HTTPTypes

/// Header fields of Microsoft's services; the literals are valid names. Source: Microsoft Learn, "Partner Center REST
/// headers"; the identity platform answers with `x-ms-request-id` and takes `client-request-id`.
extension HTTPField.Name {
    static let msRequestID = Self("MS-RequestId")!
    static let msCorrelationID = Self("MS-CorrelationId")!
    static let msContinuationToken = Self("MS-ContinuationToken")!
    static let msCV = Self("MS-CV")!
    static let msServerID = Self("MS-ServerId")!
    static let xLocale = Self("X-Locale")!
    static let validateMFA = Self("ValidateMfa")!
    static let isMFACompliant = Self("isMfaCompliant")!
    static let entraRequestID = Self("x-ms-request-id")!
    static let graphRequestID = Self("request-id")!
    static let clientRequestID = Self("client-request-id")!
    static let consistencyLevel = Self("ConsistencyLevel")!
    static let prefer = Self("Prefer")!
    static let pragma = Self("Pragma")!
    static let referrerPolicy = Self("Referrer-Policy")!
}
