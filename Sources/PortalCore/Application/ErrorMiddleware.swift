import Hummingbird

/// The innermost layer: errors as pages, where the session is known already.
struct ErrorMiddleware: RouterMiddleware {
    let portal: Portal

    func handle(
        _ request: Request, context: PortalContext, next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return ErrorAnswer(portal: portal, request: request, context: context).response(to: error)
        }
    }
}
