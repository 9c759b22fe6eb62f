import Foundation
import HTTPTypes
import Hummingbird
import Logging
import PortalKit

/// The outermost layer: one log line a request, the errors of the layer within as pages, and the header fields that every
/// answer carries.
struct AnswerMiddleware: RouterMiddleware {
    let portal: Portal

    func handle(
        _ request: Request, context: PortalContext, next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = ErrorAnswer(portal: portal, request: request, context: context).response(to: error)
        }
        addHeaders(to: &response, context)
        let elapsed = start.duration(to: .now)
        portal.meters.count(
            RequestKind(request.method, endpoint: context.endpointPath), response.status, took: elapsed)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method)", "path": "\(OneTimeLink.redacted(request.uri.path))",
                "status": "\(response.status.code)",
                "microseconds": "\(elapsed / .microseconds(1))",
            ])
        return response
    }

    private func addHeaders(to response: inout Response, _ context: PortalContext) {
        for (name, value) in portal.securityHeaders { response.headers[name] = value }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    }
}

extension Portal {
    /// No inline script or style, no other site, no frame. Forms may lead to our own regions, since a hand-over follows some.
    static func securityHeaders(regions: [Region]) -> [(HTTPField.Name, String)] {
        let targets = regions.map { " \($0.baseURL)" }.joined()
        let policy = """
            default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
            form-action 'self'\(targets); base-uri 'none'; frame-ancestors 'none'
            """
        var fields = [
            ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Embedder-Policy", "require-corp"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ]
        if regions.allSatisfy({ $0.baseURL.scheme == "https" }) {
            fields.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
        }
        return fields.compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
    }
}
