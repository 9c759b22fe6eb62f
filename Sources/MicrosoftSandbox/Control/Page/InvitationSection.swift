import HTML

/// Guests who haven't redeemed their invitation.
struct InvitationSection {
    let sandbox: MicrosoftSandbox

    private static let most = 50

    var html: HTML {
        let guests = sandbox.pendingGuests.suffix(Self.most).reversed()
        let world = sandbox.world
        return """
            <h2>Invitations</h2>
            \(when(guests.isEmpty, "<p>No invitation waits for its guest.</p>"))
            \(when(!guests.isEmpty, ControlPieces.table(
                "Invitations that wait for their guests", ["Guest", "Tenant", "Redeem link", "Answer"],
                guests.map { row($0, world) })))
            <form method="post" action="/control/invitations" class="row">
            <div><label for="email">Guest</label><input id="email" name="email" type="email" required></div>
            <div><label for="inviting">Into the tenant (id or domain)</label>\
            <input id="inviting" name="tenant" spellcheck="false" required></div>
            <div><label for="redirectUrl">Where the guest lands</label>\
            <input id="redirectUrl" name="redirectUrl" type="url" value="https://portal.example/" required></div>
            <button>Invite</button>
            </form>
            """
    }

    private func row(_ guest: Guest, _ world: World) -> [HTML] {
        let link = InvitationLink(guest)
        return [
            "\(guest.email)", "\(world.directory(named: guest.tenantID)?.name ?? guest.tenantID)",
            "<a href=\"\(url: link.address(base: ""))\">\(ControlPieces.code(link.address(base: sandbox.configuration.base)))</a>",
            """
            <form method="post" action="\(url: "/control/invitations/\(guest.id)/redemption")">\
            <button aria-label="Redeem the invitation of \(guest.email)">Redeem</button></form>
            """,
        ]
    }
}
