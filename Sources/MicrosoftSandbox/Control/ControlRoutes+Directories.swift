import Foundation
import HTTPTypes

/// People of a directory who come, are renamed, disabled and go, so that delta queries have something to tell; and its
/// guests.
extension ControlRoutes {
    static let directories: [ControlRoute] = [
        .answering(
            .post, "directories/:tenant/users", "A new member of a directory",
            ["name": "1 to 256 characters", "userName": "at a domain of the tenant; invented when missing"],
            action: createUser),
        .answering(
            .post, "directories/:tenant/users/:user", "Changes a user, by id or user name",
            [
                "name": "the new one", "enabled": "true or false",
                "removed": "true (as a soft deletion), permanently, or false (to restore)",
            ], action: changeUser),
        .doing(
            .post, "directories/:tenant/roles", "Gives a guest a directory role, or takes it away",
            [
                "user": "the person's user name, or the guest's object id",
                "role": "globalAdministrator, cloudApplicationAdministrator or a role template id",
                "removed": "true: takes it away; false when missing",
            ], action: assignRole),
        .answering(
            .post, "invitations",
            "Invites somebody into a directory, as its administrator could; gives the redeem link",
            ["email": "whose", "tenant": "an id or a domain", "redirectUrl": "where the guest lands"]
        ) {
            guard let email = $0.fields["email"], email.contains("@") else { throw ControlError("email: an address") }
            guard let redirectURL = $0.fields["redirectUrl"] else { throw ControlError("redirectUrl: missing") }
            let link = try $0.sandbox.invite(email, to: $0.fields["tenant"] ?? "", redirectURL: redirectURL)
            guard let link else { throw ControlError("tenant: no such tenant") }
            return ["done": true, "inviteRedeemUrl": .string(link)]
        },
        .doing(
            .post, "invitations/:user/redemption", "Redeems an invitation, as its guest would on the page"
        ) {
            guard try $0.sandbox.redeem(invitation: $0.parameter("user")) else {
                throw ControlError("no pending invitation of this user", status: .notFound)
            }
        },
    ]

    private static func directory(_ call: ControlCall) throws(ControlError) -> Directory {
        guard let directory = call.sandbox.world.directory(named: call.parameter("tenant")) else {
            throw ControlError("tenant: no such tenant", status: .notFound)
        }
        return directory
    }

    private static func createUser(_ call: ControlCall) throws -> JSON {
        let directory = try directory(call)
        guard let name = call.fields["name"], name.count <= 256 else { throw ControlError("name: 1 to 256 characters") }
        let id = UUID().uuidString.lowercased()
        let invented = "user.\(id.prefix(8))@\(directory.domains[directory.domains.count - 1])"
        let userName = call.fields["userName"] ?? invented
        let domain = userName.lowercased().split(separator: "@").dropFirst().joined(separator: "@")
        guard directory.domains.contains(domain) else { throw ControlError("userName: a domain of the tenant") }
        guard call.sandbox.user(userName, in: directory) == nil else { throw ControlError("userName: there already") }
        let user = DirectoryUser(
            id: id, userPrincipalName: userName, displayName: name, mail: userName,
            usageLocation: directory.country.rawValue, userType: .Member, createdAt: call.sandbox.now)
        try call.sandbox.store.update { state in
            state.directories.createdUsers[directory.id, default: []].append(user)
            state.directories.note(.created, user: id, in: directory.id)
        }
        return ["done": true, "id": .string(id)]
    }

    private static func changeUser(_ call: ControlCall) throws -> JSON {
        let directory = try directory(call)
        let name = call.parameter("user")
        let edits = call.sandbox.store.read { $0.directories.userEdits }
        let removedID = edits[name.lowercased()]?.removal == .soft ? name.lowercased() : nil
        guard let id = call.sandbox.user(name, in: directory)?.id ?? removedID else {
            throw ControlError("no such user", status: .notFound)
        }
        let (edit, kinds) = try changes(call.fields, to: edits[id] ?? UserEdit())
        try call.sandbox.store.update { state in
            state.directories.userEdits[id] = edit
            for kind in kinds { state.directories.note(kind, user: id, in: directory.id) }
        }
        return ["done": true, "id": .string(id)]
    }

    private static func assignRole(_ call: ControlCall) throws {
        let directory = try directory(call)
        guard let role = call.fields["role"].flatMap(DirectoryRole.templateID) else {
            throw ControlError("role: globalAdministrator, cloudApplicationAdministrator or a role template id")
        }
        let isRemoved = try call.fields.flag("removed") ?? false
        let user = call.fields["user"] ?? ""
        guard try call.sandbox.assign(role: role, toGuest: user, in: directory.id, removed: isRemoved) else {
            throw ControlError("user: no such guest", status: .notFound)
        }
    }

    private static func changes(
        _ fields: ControlFields, to edit: UserEdit
    ) throws(ControlError) -> (UserEdit, [UserChange.Kind]) {
        var edit = edit
        var changed: [String] = []
        if let name = fields["name"] {
            edit.displayName = String(name.prefix(256))
            changed.append("displayName")
        }
        if let enabled = try fields.flag("enabled") {
            edit.isEnabled = enabled
            changed.append("accountEnabled")
        }
        var kinds: [UserChange.Kind] = changed.isEmpty ? [] : [.changed(changed)]
        switch fields["removed"] {
        case nil: break
        case "true":
            edit.removal = .soft
            kinds.append(.removed(isPermanent: false))
        case "permanently":
            edit.removal = .permanent
            kinds.append(.removed(isPermanent: true))
        case "false":
            edit.removal = nil
            kinds.append(.restored)
        default: throw ControlError("removed: true, permanently or false")
        }
        guard !kinds.isEmpty else { throw ControlError("name, enabled or removed: one of them") }
        return (edit, kinds)
    }
}
