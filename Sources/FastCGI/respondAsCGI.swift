import CFCGI
public import Hummingbird
public import Logging

/// Answers the one CGI request that this process was started for: from the environment and standard input to standard
/// output, to which nothing else may be written (no log lines).
///
/// It blocks where it reads and writes; a CGI process has nothing else to do. Throws when the answer could not be
/// written whole. SIGPIPE is ignored from then on.
public func respondAsCGI<Responder: HTTPResponder>(
    _ responder: Responder,
    logger: Logger,
    maxBodyBytes: Int = 1_000_000
) async throws where Responder.Context: RequestContext, Responder.Context.Source == FastCGIRequestContextSource {
    LibFCGI.ignoreBrokenPipes()
    try await respondAsCGI(
        responder, over: CGIProcess(environment: gatehouse_environ()), logger: logger, maxBodyBytes: maxBodyBytes
    )
}

func respondAsCGI<Responder: HTTPResponder>(
    _ responder: Responder,
    over process: CGIProcess,
    logger: Logger,
    maxBodyBytes: Int
) async throws where Responder.Context: RequestContext, Responder.Context.Source == FastCGIRequestContextSource {
    var exchange = Exchange(responder, maxBodyBytes: maxBodyBytes, logger: logger)
    try await exchange.answer(over: process)
    try process.flush()
}
