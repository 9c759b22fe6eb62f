public import Foundation

/// What tests do to a sandbox in memory; the same by HTTP is in ``ControlRoutes``.
extension MicrosoftSandbox {
    /// The sandbox's time.
    public var now: Date { clock.now }

    /// Moves the clock forward, so that codes, tokens and refresh tokens run out.
    public func advanceClock(by seconds: TimeInterval) throws {
        try store.update { $0.clockOffset += max(0, seconds) }
    }

    public func add(_ fault: Fault) {
        faults.add(fault)
    }

    public func removeFaults() {
        faults.removeAll()
    }

    /// Every request to the four services since the start or the last removal, oldest first.
    public var loggedRequests: [LoggedRequest] { requests.entries }

    public func removeLoggedRequests() {
        requests.removeAll()
    }

    /// Consents to the application for a whole tenant, as an administrator there would, to all permissions that exist,
    /// delegated and its own: more than it is registered with. Returns false for an unknown tenant.
    @discardableResult
    public func consent(forTenant tenant: String) throws -> Bool {
        guard let directory = world.directory(named: tenant) else { return false }
        try store.update {
            $0.consents.add(Resource.consentable.flatMap(\.delegatedPermissions), tenant: directory.id, account: nil)
            $0.consents.add(Resource.consentable.flatMap(\.applicationPermissions), tenant: directory.id)
        }
        return true
    }

    /// Takes the consent back, as an administrator who deletes the enterprise application: the service principal is gone
    /// with all that was granted to it. Returns false for an unknown tenant.
    @discardableResult
    public func removeConsent(forTenant tenant: String) throws -> Bool {
        guard let directory = world.directory(named: tenant) else { return false }
        try store.update { $0.consents.removePrincipal(tenant: directory.id) }
        return true
    }

    /// Leaves permissions out of the application's registration, in place of those left out before: later consents by
    /// `.default` don't give them. Returns false, and changes nothing, where a name is none of the registration's.
    @discardableResult
    public func withhold(permissions names: Set<String>) throws -> Bool {
        guard names.isSubset(of: RegisteredPermissions.names) else { return false }
        try store.update { $0.worldChanges.withheldPermissions = names }
        return true
    }

    /// Gives a customer another name, or lets it leave its partner or come back. An unknown one is left as it is.
    public func change(customer id: String, name: String? = nil, hasLeft: Bool? = nil) throws {
        guard world.customer(id) != nil else { return }
        try store.update { state in
            if let name { state.worldChanges.renamed[id] = name }
            switch hasLeft {
            case true?: state.worldChanges.ended.insert(id)
            case false?: state.worldChanges.ended.remove(id)
            case nil: break
            }
        }
    }

    /// Another world, on its first day.
    public func setWorld(_ settings: WorldSettings) throws {
        try reset()
        try store.update { $0.worldSettings = settings }
    }

    /// Everything as on the first day, but the signing keys: consents, redeemed codes, clock, faults, requests,
    /// settings.
    public func reset() throws {
        try store.update { $0.forgetEverythingButKeys() }
        faults.removeAll()
        requests.removeAll()
    }
}
