import HTTPTypes

/// The customers' side of delegated administration without its pages.
extension ControlRoutes {
    static let relationships: [ControlRoute] = [
        .answering(
            .post, "relationships",
            "An active relationship of two years with an access assignment for AdminAgents, at once",
            [
                "customer": "a tenant id or domain",
                "roles": "template ids, with commas between; Directory Readers when missing",
            ]
        ) { call in
            let roles = (call.fields["roles"] ?? "").split(separator: ",").map { String($0).trimming() }
            return try refusing {
                let id = try call.sandbox.delegate(roles: roles, in: call.fields["customer"] ?? "")
                return ["done": true, "id": .string(id)]
            }
        },
        .answering(
            .post, "relationships/:id", "What a customer's administrator does about a relationship",
            ["customer": "whose it is, a tenant id or domain", "decision": oneOf(RelationshipDecision.self)]
        ) { call in
            let decision = try call.fields.choice("decision", of: RelationshipDecision.self)
            let id = call.parameter("id")
            return try refusing {
                try call.sandbox.decide(decision, about: id, customer: call.fields["customer"] ?? "")
                return ["done": true, "id": .string(id)]
            }
        },
    ]

    private static func refusing(_ action: () throws -> JSON) throws -> JSON {
        do {
            return try action()
        } catch let refusal as RelationshipRefusal {
            throw ControlError(refusal.words)
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
