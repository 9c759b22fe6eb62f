import Foundation
import HTML
import HTTPTypes
import Hummingbird
import Logging
import PortalKit

/// The outermost layer: one log line a request, errors as pages, and the header fields that every answer carries.
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
            response = answer(error, context)
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

    /// The one place that makes answers of errors.
    private func answer(_ error: any Error, _ context: PortalContext) -> Response {
        if let error = error as? any VisitorReadableError {
            var response = errorPage(
                status: error.status, title: error.title, explanation: error.explanation, nextStep: error.nextStep,
                reference: nil)
            for (name, value) in (error as? PageError)?.headers ?? [] { response.headers[name] = value }
            return response
        }
        if let error = error as? HTTPError, error.status.code < 500 {
            let known: PageError =
                error.status == .notFound ? .notFound : error.status == .contentTooLarge ? .tooLarge : .malformed
            return answer(known, context)
        }
        if error as? DatabaseError == .full { return answer(PageError.diskFull, context) }
        if error as? DatabaseError == .busy { return answer(PageError.busy, context) }
        if let failed = error as? PluginFailed { return answer(failed, context) }
        context.logger.error("request failed", metadata: ["error": "\(String(reflecting: error))"])
        return errorPage(
            status: .internalServerError, title: "Something went wrong here",
            explanation: "The fault is this portal's, not yours. What you sent was not carried out, or only in whole.",
            nextStep:
                "Try again. If it stays, give the reference to your portal administrator, who finds the cause in the log.",
            reference: context.requestID)
    }

    /// The plugin is marked, and everything else goes on.
    private func answer(_ failed: PluginFailed, _ context: PortalContext) -> Response {
        portal.note(failed, reference: context.requestID)
        let name = portal.plugins[failed.plugin]?.manifest.listing.name ?? failed.plugin.rawValue
        return errorPage(
            status: .internalServerError, title: "\(name) could not do this",
            explanation: "Its part of this portal failed. Nothing was changed, and everything else works on.",
            nextStep:
                "Try again. If it stays, give the reference to your portal administrator, who sees it on the page of the plugin.",
            reference: context.requestID)
    }

    private func errorPage(
        status: HTTPResponse.Status, title: String, explanation: String, nextStep: String, reference: String?
    ) -> Response {
        .page(
            barePage(
                title: title, ribbons: portal.ribbons,
                """
                <p>\(explanation)</p><p>\(nextStep)</p>
                \(when(reference) { "<p>Reference: \(copyable($0, label: "reference"))</p>" })
                <p>\(linkButton("Go to the start page", path: "/"))</p>
                """), status: status)
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
