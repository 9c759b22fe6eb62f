public import Hummingbird
public import Logging
public import ServiceLifecycle

/// Serves a responder over FastCGI, in a few threads of its own.
///
/// A handler runs on its worker's thread from the first variable to the last byte, so as many requests are answered at
/// a time as there are workers, and a handler that blocks holds up nobody but its own visitor. What is too much waits
/// in the socket's queue: limit it in the web server.
public struct FastCGIServer<Responder: HTTPResponder>: Service
where Responder.Context: RequestContext, Responder.Context.Source == FastCGIRequestContextSource {
    private let listener: FastCGIListener
    private let responder: Responder
    private let workers: Int
    private let maxBodyBytes: Int
    private let limits: FastCGITimeLimits
    private let logger: Logger

    /// - Parameter maxBodyBytes: a body is read whole before the responder sees it; above this, the answer is 413.
    public init(
        listener: FastCGIListener,
        responder: Responder,
        workers: Int = 4,
        maxBodyBytes: Int = 1_000_000,
        limits: FastCGITimeLimits = FastCGITimeLimits(),
        logger: Logger
    ) {
        self.listener = listener
        self.responder = responder
        self.workers = max(1, workers)
        self.maxBodyBytes = maxBodyBytes
        self.limits = limits
        self.logger = logger
    }

    /// Until graceful shutdown, when no further connection is accepted and what is under way is answered first; or
    /// until it is cancelled, when connections are cut. A handler that neither ends nor heeds its cancellation holds
    /// it up.
    ///
    /// SIGPIPE is ignored in the whole process from then on.
    public func run() async throws {
        try LibFCGI.initialize()
        LibFCGI.ignoreBrokenPipes()
        let stop = try StopSignal()
        var threads: [ThreadExecutor] = []
        defer { for thread in threads { thread.finish() } }
        for _ in 0..<workers { threads.append(try ThreadExecutor.start()) }
        let watches = threads.map { _ in ConnectionWatch() }

        async let _ = cutOverdueConnections(watches)
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await work(on: threads, watches, stop)
            } onGracefulShutdown: {
                stop.raise()
                logger.info("stopping: no further connections are accepted")
            }
        } onCancel: {
            stop.raise()
            for watch in watches { watch.cut() }
        }
    }

    private func work(on threads: [ThreadExecutor], _ watches: [ConnectionWatch], _ stop: StopSignal) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (thread, watch) in zip(threads, watches) {
                let worker = Worker(
                    listener: listener, responder: responder, maxBodyBytes: maxBodyBytes, limits: limits,
                    logger: logger, stop: stop, watch: watch
                )
                group.addTask(executorPreference: thread) {
                    // A worker that fails takes the others along: they share its listening socket.
                    defer { stop.raise() }
                    try await worker.run()
                }
            }
            try await group.waitForAll()
        }
    }

    private func cutOverdueConnections(_ watches: [ConnectionWatch]) async {
        let interval = min(.seconds(1), limits.body / 4)
        while (try? await Task.sleep(for: interval)) != nil {
            for watch in watches { watch.cut(ifOverdueAt: .now) }
        }
    }
}
