import HTTPTypes

/// Partner Center's REST API (Microsoft Learn: "Partner Center REST API", read 2026-11).
///
/// Every call may throw ``MicrosoftFault`` and what `send` throws. Reading calls may be repeated. A call that changes
/// something takes a `requestID` (`MS-RequestId`, "Partner Center REST headers"): the same one when it is repeated
/// because no answer came, which then changes nothing twice; a new one after any answer.
public struct PartnerCenter: Sendable {
    let service: Service

    /// - Parameter baseURL: without `/v1`, for example `https://api.partnercenter.microsoft.com`.
    public init(baseURL: String, send: @escaping Send) {
        service = Service(baseURL: baseURL, dialect: .partnerCenter, send: send)
    }
}
