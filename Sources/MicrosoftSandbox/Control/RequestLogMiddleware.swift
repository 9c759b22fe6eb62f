import HTTPTypes
import Hummingbird

/// Writes each request to one of the services into the log.
struct RequestLogMiddleware: RouterMiddleware {
    let log: RequestLog
    let clock: SandboxClock

    /// Parameters whose values are written; all others may be codes, states or names of people. A `$` may be escaped.
    private static let harmless: Set<String> = [
        // Entra
        "client_id", "redirect_uri", "response_type", "response_mode", "scope", "prompt", "code_challenge_method",
        "domain_hint", "resource", "amr_values",
        // Partner Center
        "size", "offset", "seekOperation", "filter", "country", "vettingVersion", "mpnId", "mpn_id", "order_id",
        "licenseGroupIds", "relationship_type", "agreementType", "segment", "targetView", "targetSegment",
        "reservationScope", "currencycode", "provider", "invoicelineitemtype", "period", "granularity", "start_time",
        "end_time", "startDate", "endDate", "show_details",
        // Graph and Azure
        "api-version", "$select", "$filter", "$search", "$orderby", "$top", "$skip", "$count", "$expand", "$format",
    ]

    func handle(
        _ request: Request, context: SandboxContext, next: (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        let first = request.uri.path.split(separator: "/").first.map(String.init) ?? ""
        guard let service = SandboxService(rawValue: first) else { return try await next(request, context) }
        let time = clock.now
        let response: Response
        do {
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            response = try error.response(from: request, context: context)
        }
        log.add(
            LoggedRequest(
                time: time, method: request.method.rawValue,
                path: Self.pathWithoutSecrets(request, isCall: context.note.call != nil),
                service: service,
                call: context.note.call, status: response.status.code,
                idempotencyKey: request.headers[.msRequestID] ?? request.headers[.clientRequestID],
                requestID: response.headers[.msRequestID] ?? response.headers[.entraRequestID]
                    ?? response.headers[.graphRequestID],
                correlationID: response.headers[.msCorrelationID] ?? response.headers[.clientRequestID],
                note: context.note.text, changes: context.note.changes))
        return response
    }

    /// Of an address that is no call only the beginning is written: what stands in it is nobody's form.
    private static func pathWithoutSecrets(_ request: Request, isCall: Bool) -> String {
        guard isCall else {
            let parts = request.uri.path.split(separator: "/")
            return "/" + parts.prefix(2).joined(separator: "/") + (parts.count > 2 ? "/…" : "")
        }
        guard let query = request.uri.query, !query.isEmpty else { return request.uri.path }
        let parts = query.split(separator: "&").map { part in
            let name = String(part.prefix { $0 != "=" })
            return harmless.contains(name.replacing("%24", with: "$")) ? String(part) : "\(name)=…"
        }
        return request.uri.path + "?" + parts.joined(separator: "&")
    }
}
