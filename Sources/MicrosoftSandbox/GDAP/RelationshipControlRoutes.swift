import HTTPTypes
import Hummingbird

/// `/control/relationships`: the customers' side of delegated administration without pages. JSON is answered by JSON, a
/// form by the control page.
struct RelationshipControlRoutes {
    let sandbox: MicrosoftSandbox

    func add(to control: RouterGroup<SandboxContext>) {
        control.post("relationships", use: answering { fields, _ in try delegate(fields) })
        control.post("relationships/:id", use: answering { try decide($0, about: $1) })
    }

    /// `customer`, a tenant id or domain, and `roles`, template ids with commas between: an active relationship with an
    /// access assignment for AdminAgents, at once.
    private func delegate(_ fields: ControlFields) throws -> JSON {
        let roles = (fields["roles"] ?? "").split(separator: ",").map { String($0).trimming() }
        return ["done": true, "id": .string(try sandbox.delegate(roles: roles, in: fields["customer"] ?? ""))]
    }

    /// `decision`: `approve`, `reject` or `terminate`; `customer`: whose it is.
    private func decide(_ fields: ControlFields, about id: String) throws -> JSON {
        let decision = try fields.choice("decision", of: RelationshipDecision.self)
        try sandbox.decide(decision, about: id, customer: fields["customer"] ?? "")
        return ["done": true, "id": .string(id)]
    }

    private func answering(
        _ action: @escaping @Sendable (ControlFields, String) throws -> JSON
    ) -> @Sendable (Request, SandboxContext) async throws -> Response {
        { request, context in
            let fields = try await ControlFields(request)
            do {
                let json = try action(fields, context.parameters.get("id") ?? "")
                return fields.isForm ? .redirect(to: "/", status: .seeOther) : .json(json)
            } catch let error as ControlError {
                return .json(["error": .string(error.text)], status: .badRequest)
            } catch let refusal as RelationshipRefusal {
                return .json(["error": .string(refusal.words)], status: .badRequest)
            }
        }
    }
}

extension RelationshipRefusal {
    fileprivate var words: String {
        switch self {
        case .noSuchCustomer: "customer: no such customer"
        case .noSuchRelationship: "no such relationship"
        case .noSuchRole: "roles: template ids, with commas between"
        case .otherCustomer: "customer: the relationship is for another one"
        case .wrongStatus(let status): "decision: not while the relationship is \(status)"
        case .notKept(let reason): "the state could not be written: \(reason)"
        }
    }
}
