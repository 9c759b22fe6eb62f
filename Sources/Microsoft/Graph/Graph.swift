import HTTPTypes

/// Microsoft Graph v1.0 (Microsoft Learn: "Microsoft Graph REST API v1.0 endpoint reference", read 2026-11), in the
/// tenant of the token that `send` adds.
///
/// Every call may throw ``MicrosoftFault`` and what `send` throws. Reading calls may be repeated, and so may those that
/// replace or delete what an ETag names. Graph knows no idempotency key: after a creation without an answer look first
/// whether it was made; calls that answer ``Creation`` may be repeated.
public struct Graph: Sendable {
    let service: Service

    /// - Parameter baseURL: without `/v1.0`, for example `https://graph.microsoft.com`.
    public init(baseURL: String, send: @escaping Send) {
        service = Service(baseURL: baseURL, dialect: .graph, send: send)
    }
}
