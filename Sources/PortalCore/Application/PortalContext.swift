package import FastCGI
package import Hummingbird
import Logging

/// What the parts of a request's way share.
package struct PortalContext: RequestContext {
    package typealias Source = FastCGIRequestContextSource

    package var coreContext: CoreRequestContextStorage
    package let variables: CGIVariables
    /// In the log, on error pages and in audit lines.
    let requestID: String
    var place: Place?
    /// The session's or visitor's token as the browser sent it.
    var token: Token?
    var session: Session?
    var surroundings: Surroundings?

    package init(source: FastCGIRequestContextSource) {
        requestID = newID()
        coreContext = CoreRequestContextStorage(source: source)
        variables = source.variables
        logger[metadataKey: "hb.request.id"] = nil
        logger[metadataKey: "request"] = .string(requestID)
    }
}
