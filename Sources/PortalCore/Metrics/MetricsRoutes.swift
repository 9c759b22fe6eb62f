import Foundation
import HTTPTypes
import Hummingbird
import PortalKit

/// The metrics for a scraper that shows the token of the configuration. To everybody else there is no such page: nginx and
/// the scraper may share a machine, so the address of a request proves nothing.
enum MetricsRoutes {
    static let path = "/metrics"

    static func add(to routes: inout RouteTable) {
        routes.publicRoute(.get, path, metrics)
    }

    private static func metrics(_ visit: PublicVisit) throws -> Response {
        let shown = visit.request.headers[.authorization] ?? ""
        guard let token = visit.portal.configuration.metricsToken, shown.hasPrefix("Bearer "),
            Token(token).matches(String(shown.dropFirst("Bearer ".count)))
        else { throw PageError.notFound }
        var response = Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: try visit.portal.metrics())))
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
