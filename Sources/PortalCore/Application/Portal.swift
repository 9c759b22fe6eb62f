import FastCGI
package import Foundation
import HTTPTypes
package import Hummingbird
package import Logging
import OpenIDConnect
package import PortalKit

/// The application: what everything that happens in it stands on.
package final class Portal: Sendable {
    package let configuration: PortalConfiguration
    let database: Database
    let vault: Vault
    let builtPlugins: BuiltPlugins
    let gates: PluginGates
    let addresses: Addresses
    let upstream: any Upstream
    let tokens: TokenCache
    let blocking: Blocking
    let passwordCost: PasswordCost
    let logger: Logger
    let securityHeaders: [(HTTPField.Name, String)]
    /// A password hash that nobody has, so that an unknown user takes as long as a known one.
    let nobodysPassword: PasswordHash
    private let clock: @Sendable () -> Date

    /// Opens the state folder and builds the plugins. Nothing goes out yet.
    ///
    /// - Throws: ``DatabaseError/busy`` when another process has the folder; errors whose text says what to mend.
    package init(
        configuration: PortalConfiguration, plugins types: [any ProviderPlugin.Type], upstream: any Upstream,
        passwordCost: PasswordCost, logger: Logger, clock: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        try FileManager.default.createDirectory(
            atPath: configuration.stateFolder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
        )
        database = try Database(path: configuration.databasePath)
        try database.write { try $0.claim(isPractice: configuration.isPractice) }
        let hasSecrets = try database.read { db in
            try db.kept("key") != nil || db.hasAuditKey()
                || db.count("SELECT COUNT(*) FROM provider_grant") > 0
        }
        let vault = try Vault(keyFile: configuration.keyPath, mayCreate: !hasSecrets)
        self.vault = vault
        let fingerprint = vault.fingerprint
        try database.write { try $0.claim(key: fingerprint, file: configuration.keyPath) }
        database.set(try database.write { try $0.auditKey(vault) })
        builtPlugins = try BuiltPlugins(types, configuration, database: database, vault: vault)
        gates = PluginGates(database: database)
        addresses = Addresses(regions: configuration.regions)
        // Each waiting sign-in holds a worker: half of them stay free for everybody else.
        blocking = Blocking(limit: max(1, configuration.workers / 2))
        ssoTurnstile = SSOTurnstile(workers: configuration.workers)
        self.configuration = configuration
        self.upstream = upstream
        self.passwordCost = passwordCost
        self.logger = logger
        self.clock = clock
        tokens = TokenCache(clock: clock)
        securityHeaders = Self.securityHeaders(regions: configuration.regions)
        nobodysPassword = PasswordHash(ofNobody: passwordCost)
        try auditRestore()
    }

    /// Jobs that could not be put back when their step failed, because the database did not take it.
    let stuckJobs = StuckJobs()

    let providerClocks = ProviderClocks()

    let meters = Meters()

    let probes = Probes()

    /// Of the brokers' providers of single sign-on.
    let providerKeys = KeyCache()
    let ssoTurnstile: SSOTurnstile
    let attentionCounts = AttentionCounts()

    /// UTC.
    var now: Date { clock() }

    /// As they are built at present.
    package var plugins: PluginRegistry { builtPlugins.registry }

    /// The routes of the core, which are all there are: plugins have none.
    private func routeTable() -> RouteTable {
        var routes = RouteTable(portal: self)
        SignInRoutes.add(to: &routes)
        LinkRoutes.add(to: &routes)
        AccountRoutes.add(to: &routes)
        SecondFactorRoutes.add(to: &routes)
        ConfirmRoutes.add(to: &routes)
        HeldFormRoutes.add(to: &routes)
        SSOSignInRoutes.add(to: &routes)
        SignInLinkRoutes.add(to: &routes)
        SecurityRoutes.add(to: &routes)
        HandoverRoutes.add(to: &routes)
        HomeRoutes.add(to: &routes)
        MarketplaceRoutes.add(to: &routes)
        ServiceErasureRoutes.add(to: &routes)
        ConnectionRoutes.add(to: &routes)
        TenantRoutes.add(to: &routes)
        BulkLinkRoutes.add(to: &routes)
        CustomerRoutes.add(to: &routes)
        IntakeRoutes.add(to: &routes)
        SetupRoutes.add(to: &routes)
        ApprovalRoutes.add(to: &routes)
        PublicApprovalRoutes.add(to: &routes)
        OrganizationRoutes.add(to: &routes)
        JobRoutes.add(to: &routes)
        UserRoutes.add(to: &routes)
        InvitationRoutes.add(to: &routes)
        UserChangeRoutes.add(to: &routes)
        GroupRoutes.add(to: &routes)
        PluginRoutes.add(to: &routes)
        PluginSwitchRoutes.add(to: &routes)
        PluginSettingsRoutes.add(to: &routes)
        PluginErasureRoutes.add(to: &routes)
        BrokerRoutes.add(to: &routes)
        BrokerHostRoutes.add(to: &routes)
        BrokerOwnerRoutes.add(to: &routes)
        BrokerStateRoutes.add(to: &routes)
        BrokerDomainRoutes.add(to: &routes)
        AddressRoutes.add(to: &routes)
        AuditRoutes.add(to: &routes)
        AttentionRoutes.add(to: &routes)
        MailRoutes.add(to: &routes)
        PracticeMailRoutes.add(to: &routes)
        SearchRoutes.add(to: &routes)
        MetricsRoutes.add(to: &routes)
        return routes
    }

    package var routes: [RouteEntry] { routeTable().entries }

    package func responder() -> some HTTPResponder<PortalContext> { routeTable().responder() }
}
