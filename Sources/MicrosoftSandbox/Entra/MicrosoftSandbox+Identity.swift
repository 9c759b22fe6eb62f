import Foundation

/// What tests do to the identity platform in memory; the same by HTTP is in ``ControlRoutes``.
extension MicrosoftSandbox {
    /// A new key signs from now on. Those before stay published, three in all; in an emergency they go at once, so that
    /// every token made before is refused.
    public func rotateKeys(emergency: Bool = false) async throws {
        let new = emergency ? try SigningKeys.generate() : [try SigningKey.generate()]
        let pems = try store.update { state in
            state.signingKeys = emergency ? new : Array((new + state.signingKeys).prefix(SigningKeys.most))
            return state.signingKeys
        }
        try await keys.replace(pems: pems)
    }

    /// Lets the application prove itself with a key: a certificate or a public RSA key, PEM. False for anything else.
    @discardableResult
    public func registerClientKey(pem: String) throws -> Bool {
        guard let key = ClientAssertion.publicKey(pem: pem) else { return false }
        try store.update { $0.identity.clientKeys.append(key) }
        return true
    }

    /// Invites somebody into a tenant, as an administrator there would on a page of Microsoft's. Returns the address of the
    /// redemption; nil for an unknown tenant.
    public func invite(_ email: String, to tenant: String, redirectURL: String) throws -> String? {
        guard let directory = world.directory(named: tenant) else { return nil }
        let guest = Guest(
            id: UUID().uuidString.lowercased(), tenantID: directory.id, email: email, displayName: email,
            state: .PendingAcceptance, stateChangedAt: now, ticket: UUID().uuidString.lowercased(),
            redirectURL: redirectURL)
        try store.update { $0.directories.guests.append(guest) }
        return InvitationLink(guest).address(base: configuration.base)
    }

    /// Redeems the pending invitation of a guest, as its page would. `guestID` is the guest's object id where it was invited.
    /// False without one.
    @discardableResult
    public func redeem(invitation guestID: String) throws -> Bool {
        let id = guestID.lowercased()
        let now = now
        return try store.update { state in
            let index = state.directories.guests.firstIndex { $0.id == id && $0.state == .PendingAcceptance }
            guard let index, state.directories.userEdits[id]?.removal == nil else { return false }
            state.directories.guests[index].state = .Accepted
            state.directories.guests[index].stateChangedAt = now
            return true
        }
    }

    /// Gives a guest a directory role, as an administrator of the tenant would, or takes it away. A pending guest has it
    /// from the redemption on.
    ///
    /// - Parameters:
    ///   - role: `globalAdministrator`, `cloudApplicationAdministrator` or a role template id.
    ///   - guest: The guest's object id there, or the user name of the person's account.
    /// - Returns: False where there is no such tenant, guest or role.
    @discardableResult
    public func assign(role: String, toGuest guest: String, in tenant: String, removed: Bool = false) throws -> Bool {
        guard let directory = world.directory(named: tenant), let role = DirectoryRole.templateID(role),
            let guest = self.guest(guest, in: directory.id)
        else { return false }
        try store.update { state in
            var roles = (state.directories.guestRoles[guest.id] ?? []).filter { $0 != role }
            if !removed { roles.append(role) }
            state.directories.guestRoles[guest.id] = roles.isEmpty ? nil : roles
        }
        return true
    }

    /// Guests who haven't redeemed their invitation.
    var pendingGuests: [Guest] {
        store.read { state in
            state.directories.guests.filter {
                $0.state == .PendingAcceptance && state.directories.userEdits[$0.id]?.removal == nil
            }
        }
    }
}
