public import Hummingbird
public import Logging

/// What a request context is made from. The logger carries the request's id as `hb.request.id`.
public struct FastCGIRequestContextSource: RequestContextSource {
    public let logger: Logger
    public let variables: CGIVariables

    public init(logger: Logger, variables: CGIVariables) {
        self.logger = logger
        self.variables = variables
    }
}
