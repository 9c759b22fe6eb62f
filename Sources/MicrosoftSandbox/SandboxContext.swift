public import Hummingbird
import Logging

/// What goes with one request: Hummingbird's own fields and a note for the request log.
public struct SandboxContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    let note = RequestNote()

    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
    }

    /// A context without a connection, for calls in memory.
    init(logger: Logger) {
        coreContext = CoreRequestContextStorage(source: InMemorySource(logger: logger))
    }

    private struct InMemorySource: RequestContextSource {
        let logger: Logger
    }
}
