public import Foundation
public import HTTPTypes
public import Hummingbird
public import Logging
import NIOCore

/// Microsoft, as far as a partner's portal sees it, on loopback: sign-in, Partner Center, Graph and Azure, for an
/// invented world that is the same at each start.
///
/// Served with ``run()``, or called in memory with ``respond(to:body:)``. Copies share one state.
public struct MicrosoftSandbox: Sendable {
    /// Everybody's.
    public static let password = World.password
    /// Everybody's.
    public static let mfaCode = World.mfaCode
    /// Of the registered application.
    public static let clientID = RegisteredApplication.gatehouseID
    public static let clientSecret = RegisteredApplication.practiceSecret

    public let configuration: SandboxConfiguration
    let store: SandboxStore
    let clock: SandboxClock
    let keys: SigningKeys
    let faults = FaultBoard()
    let requests = RequestLog()
    let commerceChanges = ChangeQueue()
    let logger: Logger
    /// For calls in memory; set at the end of `init`, because its handlers hold a copy of the sandbox.
    private var responder: RouterResponder<SandboxContext>?

    /// Reads or makes the signing keys. `clock` is the time before ``advanceClock(by:)`` moves it.
    public init(
        configuration: SandboxConfiguration = SandboxConfiguration(),
        logger: Logger = Logger(label: "microsoft-sandbox"),
        clock: @escaping @Sendable () -> Date = { Date() }
    ) async throws {
        guard (1...65535).contains(configuration.port) else { throw SandboxError.invalidPort(configuration.port) }
        guard (0...WorldSettings.mostCustomers).contains(configuration.world.customers) else {
            throw SandboxError.invalidCustomerCount(configuration.world.customers)
        }
        if let base = configuration.publicBase, !Self.isOrigin(base) { throw SandboxError.invalidPublicBase(base) }
        self.configuration = configuration
        self.logger = logger
        store = try SandboxStore(file: configuration.stateFile)
        self.clock = SandboxClock(base: clock, store: store)
        keys = try await SigningKeys(pems: store.read { $0.signingKeys })
        responder = buildRouter().buildResponder()
    }

    /// As it is now.
    var world: World {
        store.read { state in
            World(
                state.worldSettings ?? configuration.world, state.worldChanges,
                redirectURIs: configuration.redirectURIs)
        }
    }

    public func buildRouter() -> Router<SandboxContext> {
        let router = Router(context: SandboxContext.self)
        router.add(middleware: RequestLogMiddleware(log: requests, clock: clock))
        router.add(middleware: AnswerFaultMiddleware(sandbox: self))
        PageRoutes(sandbox: self).add(to: router)
        EntraRoutes(sandbox: self).add(to: router)
        PartnerCenterRoutes(sandbox: self).add(to: router)
        GraphRoutes(sandbox: self).add(to: router)
        AzureRoutes(sandbox: self).add(to: router)
        AdminPortalRoutes(sandbox: self).add(to: router)
        ControlRoutes(sandbox: self).add(to: router)
        return router
    }

    /// One request answered in memory, exactly as over the network.
    ///
    /// - Throws: ``ConnectionReset`` where a fault breaks the connection; nothing else.
    public func respond(to request: HTTPRequest, body: [UInt8] = []) async throws(ConnectionReset) -> (
        HTTPResponse, [UInt8]
    ) {
        let responder = responder ?? buildRouter().buildResponder()
        let incoming = Request(head: request, body: RequestBody(buffer: ByteBuffer(bytes: body)))
        do {
            let response = try await responder.respond(to: incoming, context: SandboxContext(logger: logger))
            let collector = BodyCollector()
            try await response.body.write(collector)
            return (response.head, collector.bytes)
        } catch let reset as ConnectionReset {
            throw reset
        } catch {
            logger.error("a request failed", metadata: ["error": "\(error)"])
            return (HTTPResponse(status: .internalServerError), [])
        }
    }

    private static func isOrigin(_ base: String) -> Bool {
        let parts = base.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 3 && ["http:", "https:"].contains(parts[0]) && parts[1].isEmpty && !parts[2].isEmpty
    }
}
