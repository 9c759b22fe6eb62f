/// What an invitation's `inviteRedeemUrl` carries: `/entra/redeem?rd={an address with tenant, user and ticket}`. Source:
/// Microsoft Learn, "Microsoft Entra B2B collaboration invitation redemption".
struct InvitationLink: Codable, Sendable {
    let tenantID: String
    let guestID: String
    let ticket: String

    init(_ guest: Guest) {
        tenantID = guest.tenantID
        guestID = guest.id
        ticket = guest.ticket
    }

    /// Nil for anything else.
    init?(_ fields: FormFields) {
        guard let address = fields["rd"], let mark = address.firstIndex(of: "?") else { return nil }
        let inner = FormFields(String(address[address.index(after: mark)...]))
        guard let tenant = inner["tenant"], let user = inner["user"], let ticket = inner["ticket"] else { return nil }
        tenantID = tenant.lowercased()
        guestID = user.lowercased()
        self.ticket = ticket
    }

    func address(base: String) -> String {
        let inner = "https://invitations.microsoft.com/redeem/?tenant=\(tenantID)&user=\(guestID)&ticket=\(ticket)"
        return "\(base)/entra/redeem?rd=\(inner.percentEncoded)"
    }
}
