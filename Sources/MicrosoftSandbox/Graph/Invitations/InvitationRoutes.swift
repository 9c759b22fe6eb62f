import Foundation
import HTTPTypes
import Hummingbird

/// `/invitations`. Source: Microsoft Learn, "Create invitation". Redemption has no call: the person follows the link.
struct InvitationRoutes {
    let graph: GraphRoutes

    private var sandbox: MicrosoftSandbox { graph.sandbox }

    func add(to router: Router<SandboxContext>) {
        graph.on(
            "invitations", in: router, [.post: graph.answering(.invitations, GraphPermissions.invite, create)])
    }

    /// The same address again is a new ticket for the same user.
    private func create(_ call: GraphCall) throws -> GraphAnswer {
        let request = try InvitationRequest(call.body)
        try refuseOwnAddress(request, call.directory)
        let ticket = Base64URL.encode((0..<24).map { _ in UInt8.random(in: 0...255) })
        var guest = try existingGuest(request, call.directory) ?? newGuest(request, call.directory)
        guest.ticket = ticket
        guest.redirectURL = request.redirectURL
        guest.displayName = request.displayName ?? guest.displayName
        if request.resetUserID != nil {
            guest.email = request.email
            guest.state = .PendingAcceptance
            guest.stateChangedAt = sandbox.now
        }
        let invited = guest
        try sandbox.store.update { state in
            if let index = state.directories.guests.firstIndex(where: { $0.id == invited.id }) {
                state.directories.guests[index] = invited
            } else {
                state.directories.guests.append(invited)
            }
        }
        call.context.note.changed("guest \(guest.id) invited to \(guest.tenantID)")
        return .created(json(request, guest, call))
    }

    private func refuseOwnAddress(_ request: InvitationRequest, _ directory: Directory) throws(GraphFault) {
        guard directory.domains.contains(request.domain) else { return }
        let user = sandbox.user(request.email, in: directory)
        throw GraphFault(
            .badRequest, "BadRequest",
            user.map {
                "The invited user already exists in the directory as object ID: \($0.id). They can use that account to "
                    + "sign in to shared apps and resources."
            } ?? "The domain of the invited user's address is verified for this directory: create a user instead.")
    }

    /// The guest who has the address, or whose redemption begins anew; 404 where that is nobody.
    private func existingGuest(_ request: InvitationRequest, _ directory: Directory) throws(GraphFault) -> Guest? {
        let guests = sandbox.users(of: directory).filter(\.isInvited)
        let user: DirectoryUser?
        if let id = request.resetUserID {
            user = guests.first { $0.id == id }
            guard user != nil else { throw .notFound(id) }
        } else {
            user = guests.first { $0.mail?.lowercased() == request.email.lowercased() }
        }
        guard let user else { return nil }
        return sandbox.store.read { $0.directories.guests.first { $0.id == user.id } }
            ?? Guest(
                id: user.id, tenantID: directory.id, email: user.mail ?? request.email, displayName: user.displayName,
                state: user.invitation ?? .PendingAcceptance,
                stateChangedAt: user.invitationChangedAt ?? user.createdAt, ticket: "", redirectURL: "",
                userType: user.userType, invitedAt: user.createdAt)
    }

    private func newGuest(_ request: InvitationRequest, _ directory: Directory) -> Guest {
        Guest(
            id: UUID().uuidString.lowercased(), tenantID: directory.id, email: request.email,
            displayName: String(request.email.prefix { $0 != "@" }), state: .PendingAcceptance,
            stateChangedAt: sandbox.now, ticket: "", redirectURL: request.redirectURL, userType: request.userType,
            invitedAt: sandbox.now)
    }

    private func json(_ request: InvitationRequest, _ guest: Guest, _ call: GraphCall) -> JSON {
        [
            "@odata.context": .string(
                call.metadata("invitations", base: sandbox.configuration.base, isEntity: true)),
            "id": .string(UUID().uuidString.lowercased()),
            "inviteRedeemUrl": .string(redeemURL(guest)),
            "invitedUserDisplayName": .orNull(request.displayName),
            "invitedUserType": .string(guest.userType.rawValue),
            "invitedUserEmailAddress": .string(guest.email),
            "resetRedemption": .bool(request.resetUserID != nil),
            "sendInvitationMessage": .bool(request.sendsMessage),
            "inviteRedirectUrl": .string(guest.redirectURL),
            "status": guest.state == .Accepted ? "Completed" : "PendingAcceptance",
            "invitedUserMessageInfo": [
                "messageLanguage": .orNull(request.message.language),
                "customizedMessageBody": .orNull(request.message.body),
                "ccRecipients": [
                    [
                        "emailAddress": [
                            "name": .orNull(request.message.copy.name),
                            "address": .orNull(request.message.copy.address),
                        ]
                    ]
                ],
            ],
            "invitedUser": ["id": .string(guest.id)],
        ]
    }

    /// Microsoft escapes it with small letters.
    private func redeemURL(_ guest: Guest) -> String {
        "\(sandbox.configuration.base)/entra/redeem?rd=https%3a%2f%2finvitations.microsoft.com%2fredeem%2f"
            + "%3ftenant%3d\(guest.tenantID)%26user%3d\(guest.id)%26ticket%3d\(guest.ticket)"
    }
}
