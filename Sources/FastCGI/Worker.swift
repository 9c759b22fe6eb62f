import Hummingbird
import Logging

/// Answers one connection after the other, until the stop signal.
struct Worker<Responder: HTTPResponder>
where Responder.Context: RequestContext, Responder.Context.Source == FastCGIRequestContextSource {
    let listener: FastCGIListener
    let responder: Responder
    let maxBodyBytes: Int
    let limits: FastCGITimeLimits
    let logger: Logger
    let stop: StopSignal
    let watch: ConnectionWatch

    /// Blocks, for which it needs a thread of its own.
    func run() async throws {
        let acceptor = try Acceptor(listener, stop: stop, headLimit: limits.head, logger: logger)
        var exchange = Exchange(responder, maxBodyBytes: maxBodyBytes, logger: logger)
        let connection = FastCGIConnection(watch: watch, limits: limits)
        while let descriptor = try acceptor.next() {
            guard connection.open(descriptor) else { continue }
            do {
                try await exchange.answer(over: connection)
                connection.finish()
            } catch {
                connection.abort()
                logger.log(
                    level: error is PeerGone ? .debug : .error,
                    "the answer was broken off",
                    metadata: ["error": "\(String(reflecting: error))"]
                )
            }
        }
    }
}
