import ArgumentParser
import FastCGI
import Foundation
import Logging
import PortalCore
import ServiceLifecycle
import UnixSignals

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answer requests and run jobs until SIGTERM.",
        discussion: """
            The listening socket is inherited on file descriptor 0 (spawn-fcgi, systemd); without one, GATEHOUSE_SOCKET names \
            the path to bind. Started by a web server as plain CGI, it answers that one request.
            """)

    func run() async throws {
        let configuration = try Startup.configuration()
        // A dump of the memory would hold tokens.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        let logger = Startup.logger(configuration.logLevel)
        let upstream = HTTPUpstream()
        do {
            try await answer(configuration, upstream, logger)
        } catch {
            // The client must be shut down whatever happens, and the first error is the one that counts.
            try? await upstream.shutdown()
            throw error is ExitCode ? error : Startup.failure("\(error)")
        }
        try await upstream.shutdown()
    }

    private func answer(_ configuration: PortalConfiguration, _ upstream: HTTPUpstream, _ logger: Logger) async throws {
        let portal = try Startup.portal(configuration, upstream, logger)
        if ProcessInfo.processInfo.environment["REQUEST_METHOD"] != nil, !FastCGIListener.isInherited() {
            try await respondAsCGI(portal.responder(), logger: logger)
        } else {
            try await serve(portal, configuration, logger)
        }
    }

    private func serve(_ portal: Portal, _ configuration: PortalConfiguration, _ logger: Logger) async throws {
        let listener: FastCGIListener
        if FastCGIListener.isInherited() {
            listener = try FastCGIListener.inherited()
        } else if let path = configuration.socket {
            listener = try FastCGIListener.bind(path: path)
        } else {
            throw Startup.failure(
                "There is no listening socket on file descriptor 0. Start it by spawn-fcgi, or set GATEHOUSE_SOCKET.")
        }
        let server = FastCGIServer(
            listener: listener, responder: portal.responder(), workers: configuration.workers, logger: logger)
        var group = ServiceGroupConfiguration(
            services: [server, JobRunner(portal: portal), AdminServer(portal: portal)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(4)
        logger.info(
            "serving", metadata: ["state": "\(configuration.stateFolder)", "workers": "\(configuration.workers)"])
        try await ServiceGroup(configuration: group).run()
    }
}
