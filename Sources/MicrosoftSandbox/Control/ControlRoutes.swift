import Foundation
import HTTPTypes
import Hummingbird

/// `/control`: the sandbox's own controls, for tests as JSON and for the control page as forms. A form is answered by
/// the control page, JSON by JSON.
struct ControlRoutes {
    let sandbox: MicrosoftSandbox

    func add(to router: Router<SandboxContext>) {
        let control = router.group("control")
        control.get("requests") { _, _ in
            Response.json(["requests": .array(sandbox.loggedRequests.map(\.json))])
        }
        control.delete("requests", use: acting { _ in sandbox.removeLoggedRequests() })
        control.post("requests/removal", use: acting { _ in sandbox.removeLoggedRequests() })
        control.get("faults") { _, _ in Response.json(["faults": .array(sandbox.faults.all.map(Self.json))]) }
        control.post("faults", use: acting { sandbox.add(try $0.fault()) })
        control.delete("faults", use: acting { _ in sandbox.removeFaults() })
        control.post("faults/removal", use: acting { _ in sandbox.removeFaults() })
        control.get("clock") { _, _ in Response.json(["now": .string(sandbox.now.formatted(.iso8601))]) }
        control.post("clock", use: acting { try sandbox.advanceClock(by: try $0.number("advance", in: 0...1e10)) })
        control.post(
            "mfa-refusal",
            use: acting { fields in
                let form = try fields.choice("form", of: MFARefusal.self)
                try sandbox.store.update { $0.refusesMissingMFA = form }
            })
        control.post(
            "consents",
            use: acting { fields in
                guard try sandbox.consent(forTenant: fields["tenant"] ?? "") else {
                    throw ControlError("tenant: no such tenant")
                }
            })
        control.get("world") { _, _ in Response.json(WorldJSON(sandbox.world).json) }
        control.post("world", use: acting { try sandbox.setWorld(try $0.world(otherwise: sandbox.world.settings)) })
        control.post("customers/:id") { request, context in
            try await acting { try change(context.parameters.get("id") ?? "", $0) }(request, context)
        }
        IdentityControls(sandbox: sandbox).add(to: control)
        DirectoryControl(sandbox: sandbox).add(to: control)
        RelationshipControlRoutes(sandbox: sandbox).add(to: control)
        control.post("reset", use: acting { _ in try sandbox.reset() })
    }

    func acting(
        _ action: @escaping @Sendable (ControlFields) async throws -> Void
    ) -> @Sendable (Request, SandboxContext) async throws -> Response {
        { request, _ in
            let fields = try await ControlFields(request)
            do {
                try await action(fields)
            } catch let error as ControlError {
                return .json(["error": .string(error.text)], status: .badRequest)
            }
            return fields.isForm ? .redirect(to: "/", status: .seeOther) : .json(["done": true])
        }
    }

    /// A customer's new `name`, or `left` (`true`, `false`): whether it has ended the relationship with its partner.
    private func change(_ id: String, _ fields: ControlFields) throws {
        guard sandbox.world.customer(id) != nil else { throw ControlError("no such customer") }
        let hasLeft = fields["left"].map { $0 == "true" }
        try sandbox.change(customer: id, name: fields["name"], hasLeft: hasLeft)
    }

    private static func json(_ fault: Fault) -> JSON {
        [
            "service": .string(fault.service.rawValue), "call": .optional(fault.call?.rawValue),
            "kind": .string(fault.kind.rawValue), "times": .integer(fault.times),
            "retryAfter": .string(fault.retryAfter), "seconds": .number(fault.seconds),
            "status": .integer(fault.status), "form": .string(fault.form),
        ]
    }
}
