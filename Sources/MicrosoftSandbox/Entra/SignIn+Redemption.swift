import Hummingbird

/// A sign-in that redeems an invitation. Source: Microsoft Learn, "Microsoft Entra B2B collaboration invitation
/// redemption".
extension SignIn {
    /// Where it was redeemed already, straight to where the invitation leads.
    static func redeem(_ fields: FormFields, in sandbox: MicrosoftSandbox, trace: EntraTrace, note: RequestNote)
        throws -> Response
    {
        guard let link = InvitationLink(fields), let guest = sandbox.guest(of: link),
            let tenant = TenantSegment(link.tenantID, in: sandbox.world)
        else { throw EntraError.invitationNotValid }
        if guest.state == .Accepted { return .redirect(to: guest.redirectURL, status: .found) }
        let signIn = SignIn(sandbox: sandbox, tenant: tenant, trace: trace, note: note)
        return try signIn.start(.redemption(link), account: guest.email)
    }

    /// Nil when the account is the one that was invited.
    func wrongAccountPage(_ account: Account, _ link: InvitationLink) throws -> Response? {
        let guest = try guest(link)
        guard !sandbox.store.read({ $0.identity.disabled.contains(account.id) }) else {
            throw EntraError.accountDisabled
        }
        if guest.email.lowercased() == account.userName { return nil }
        let again = link.address(base: "")
        return .page(
            InvitationPages(tenant: tenant).wrongAccount(account.userName, invited: guest.email, again: again))
    }

    func reviewInvitation(_ link: InvitationLink, _ flow: SignInFlow) throws -> Response {
        .page(InvitationPages(tenant: tenant).review(try seal(flow), guest: try guest(link)))
    }

    func decide(_ link: InvitationLink, _ account: Account, accepts: Bool) throws -> Response {
        guard accepts else { return .page(InvitationPages.declined) }
        let guest = try guest(link)
        let now = sandbox.now
        try sandbox.store.update { state in
            let index = state.directories.guests.firstIndex {
                $0.id == guest.id && $0.tenantID == guest.tenantID && $0.state == .PendingAcceptance
            }
            guard let index else { return }
            state.directories.guests[index].state = .Accepted
            state.directories.guests[index].stateChangedAt = now
        }
        note.changed("guest \(guest.id) of \(guest.tenantID) accepted")
        return .redirect(to: guest.redirectURL, status: .found)
    }

    private func guest(_ link: InvitationLink) throws -> Guest {
        guard let guest = sandbox.guest(of: link) else { throw EntraError.invitationNotValid }
        return guest
    }
}

extension MicrosoftSandbox {
    /// Nil for an invitation that isn't there, or not with this ticket.
    func guest(of link: InvitationLink) -> Guest? {
        store.read { state in
            state.directories.guests.first {
                $0.id == link.guestID && $0.tenantID == link.tenantID && $0.ticket == link.ticket
            }
        }
    }
}
