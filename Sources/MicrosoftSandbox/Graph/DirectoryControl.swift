import Foundation
import HTTPTypes
import Hummingbird

/// `/control/directories/…/users`: people who come, are renamed, disabled and go, so that delta queries have something
/// to tell.
struct DirectoryControl {
    let sandbox: MicrosoftSandbox

    private struct Refusal: Error {
        let text: String
        var status = HTTPResponse.Status.badRequest
    }

    func add(to control: RouterGroup<SandboxContext>) {
        control.post("directories/:tenant/users") { request, context in
            try await answering(request, context, create)
        }
        control.post("directories/:tenant/users/:user") { request, context in
            try await answering(request, context, change)
        }
    }

    private func answering(
        _ request: Request, _ context: SandboxContext,
        _ action: (ControlFields, Directory, SandboxContext) throws -> String
    ) async throws -> Response {
        let fields = try await ControlFields(request)
        do {
            guard let directory = sandbox.world.directory(named: parameter("tenant", context)) else {
                throw Refusal(text: "tenant: no such tenant", status: .notFound)
            }
            let id = try action(fields, directory, context)
            return fields.isForm ? .redirect(to: "/", status: .seeOther) : .json(["done": true, "id": .string(id)])
        } catch let refusal as Refusal {
            return .json(["error": .string(refusal.text)], status: refusal.status)
        }
    }

    private func parameter(_ name: String, _ context: SandboxContext) -> String {
        context.parameters.get(name)?.percentDecoded() ?? ""
    }

    /// A new member: `name`, and `userName` where its address matters.
    private func create(_ fields: ControlFields, _ directory: Directory, _ context: SandboxContext) throws -> String {
        guard let name = fields["name"], name.count <= 256 else { throw Refusal(text: "name: 1 to 256 characters") }
        let id = UUID().uuidString.lowercased()
        let userName = fields["userName"] ?? "user.\(id.prefix(8))@\(directory.domains[directory.domains.count - 1])"
        let domain = userName.lowercased().split(separator: "@").dropFirst().joined(separator: "@")
        guard directory.domains.contains(domain) else { throw Refusal(text: "userName: a domain of the tenant") }
        guard sandbox.user(userName, in: directory) == nil else { throw Refusal(text: "userName: there already") }
        let user = DirectoryUser(
            id: id, userPrincipalName: userName, displayName: name, mail: userName,
            usageLocation: directory.country.rawValue, userType: .Member, createdAt: sandbox.now)
        try sandbox.store.update { state in
            state.directories.createdUsers[directory.id, default: []].append(user)
            state.directories.note(.created, user: id, in: directory.id)
        }
        return id
    }

    /// Of a user by id or user name: a new `name`; `enabled` (`true`, `false`); `removed` (`true` as a soft deletion,
    /// `permanently`, `false` to restore).
    private func change(_ fields: ControlFields, _ directory: Directory, _ context: SandboxContext) throws -> String {
        let name = parameter("user", context)
        let edits = sandbox.store.read { $0.directories.userEdits }
        let removedID = edits[name.lowercased()]?.removal == .soft ? name.lowercased() : nil
        guard let id = sandbox.user(name, in: directory)?.id ?? removedID else {
            throw Refusal(text: "no such user", status: .notFound)
        }
        var edit = edits[id] ?? UserEdit()
        var changed: [String] = []
        if let name = fields["name"] {
            edit.displayName = String(name.prefix(256))
            changed.append("displayName")
        }
        if let enabled = fields["enabled"] {
            guard ["true", "false"].contains(enabled) else { throw Refusal(text: "enabled: true or false") }
            edit.isEnabled = enabled == "true"
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
        default: throw Refusal(text: "removed: true, permanently or false")
        }
        guard !kinds.isEmpty else { throw Refusal(text: "name, enabled or removed: one of them") }
        let (kept, noted) = (edit, kinds)
        try sandbox.store.update { state in
            state.directories.userEdits[id] = kept
            for kind in noted { state.directories.note(kind, user: id, in: directory.id) }
        }
        return id
    }
}
