import Foundation
import Hummingbird

/// The steps of a customer's administrator, from page to page.
struct AdminPortal: Sendable {
    let sandbox: MicrosoftSandbox

    private var sealer: Sealer { Sealer(sandbox.store) }
    private let pages = AdminPages()

    func start(_ destination: AdminFlow.Destination) throws -> Response {
        let flow = AdminFlow(destination: destination, startedAt: sandbox.now)
        return .page(pages.signIn(try seal(flow), account: "", problem: nil))
    }

    func password(_ fields: FormFields) throws -> Response {
        guard var flow = open(fields) else { return expired }
        let typed = (fields["account"] ?? "").trimming()
        guard let account = sandbox.world.account(userName: typed), fields["password"] == World.password else {
            let problem = "That account or password is not right. The control page of the sandbox lists both."
            return .page(pages.signIn(try seal(flow), account: typed, problem: problem))
        }
        flow.accountID = account.id
        flow.isProved = !account.isAskedForMFA
        if flow.isProved { return try arrive(flow) }
        return .page(pages.mfa(try seal(flow), account: account, problem: nil))
    }

    func mfaCode(_ fields: FormFields) throws -> Response {
        guard var flow = open(fields), let account = flow.accountID.flatMap({ sandbox.world.account($0) }) else {
            return expired
        }
        guard (fields["code"] ?? "").filter({ !$0.isWhitespace }) == World.mfaCode else {
            let problem = "That code is not right. Everybody’s code here is \(World.mfaCode)."
            return .page(pages.mfa(try seal(flow), account: account, problem: problem))
        }
        flow.isProved = true
        return try arrive(flow)
    }

    func partners(_ fields: FormFields) throws -> Response {
        guard let flow = open(fields), flow.isProved else { return expired }
        return try entering(flow) { try list(flow, $0) }
    }

    func decide(_ fields: FormFields, _ note: RequestNote) throws -> Response {
        guard let flow = open(fields), flow.isProved, case .invitation(let id) = flow.destination else {
            return expired
        }
        return try entering(flow) { customer in
            guard let decision = fields["decision"].flatMap(RelationshipDecision.init), decision != .terminate else {
                return try invitation(id, flow, customer)
            }
            do {
                try sandbox.decide(decision, about: id, customer: customer.id)
            } catch RelationshipRefusal.notKept(let reason) {
                throw RelationshipRefusal.notKept(reason)
            } catch {
                return try invitation(id, flow, customer)
            }
            let verb = decision == .approve ? "approved" : "rejected"
            note.changed("relationship \(id) \(verb) by customer \(customer.id)")
            let partner = relationship(id).map(partnerName) ?? ""
            return .page(pages.notice(decision == .approve ? .approved(partner) : .rejected(partner), try seal(flow)))
        }
    }

    /// Asks once more, then ends the relationship.
    func remove(_ fields: FormFields, _ note: RequestNote) throws -> Response {
        guard let flow = open(fields), flow.isProved else { return expired }
        return try entering(flow) { customer in
            guard let relationship = relationship(fields["relationship"] ?? ""),
                relationship.customerID == customer.id, relationship.isActive(at: sandbox.now)
            else { return try list(flow, customer) }
            guard fields["confirmed"] == "yes" else {
                return .page(pages.removal(try seal(flow), shown(relationship)))
            }
            try sandbox.decide(.terminate, about: relationship.id, customer: customer.id)
            note.changed("relationship \(relationship.id) terminated by customer \(customer.id)")
            return try list(flow, customer, removed: relationship.displayName)
        }
    }

    private func arrive(_ flow: AdminFlow) throws -> Response {
        try entering(flow) { customer in
            switch flow.destination {
            case .partners: try list(flow, customer)
            case .invitation(let id): try invitation(id, flow, customer)
            }
        }
    }

    /// For Global Administrators of customers only.
    private func entering(_ flow: AdminFlow, _ body: (Customer) throws -> Response) throws -> Response {
        guard let account = flow.accountID.flatMap({ sandbox.world.account($0) }) else { return expired }
        guard let customer = sandbox.world.customer(account.tenantID) else {
            return .page(pages.notice(.notCustomer(account.userName), nil), status: .forbidden)
        }
        guard account.directoryRoles.contains(Account.globalAdministrator) else {
            return .page(pages.notice(.notAdministrator(account.userName), nil), status: .forbidden)
        }
        return try body(customer)
    }

    private func invitation(_ id: String, _ flow: AdminFlow, _ customer: Customer) throws -> Response {
        let sealed = try seal(flow)
        guard let relationship = relationship(id), relationship.lockedAt != nil else {
            return .page(pages.notice(.unknown, sealed), status: .notFound)
        }
        let partner = partnerName(relationship)
        guard relationship.isFor(customer.id) else {
            return .page(pages.notice(.otherCustomer, sealed), status: .forbidden)
        }
        switch relationship.status(at: sandbox.now) {
        case .approvalPending: return .page(pages.invitation(sealed, shown(relationship), customer))
        case .approved, .activating, .active: return .page(pages.notice(.alreadyApproved(partner), sealed))
        case .expired where relationship.approvedAt == nil: return .page(pages.notice(.lapsed(partner), sealed))
        default: return .page(pages.notice(.over(partner), sealed))
        }
    }

    private func list(_ flow: AdminFlow, _ customer: Customer, removed: String? = nil) throws -> Response {
        let relationships = sandbox.store.read { state in
            state.partnerships.relationships.filter { $0.customerID == customer.id && $0.lockedAt != nil }
        }
        return .page(pages.partners(try seal(flow), relationships.map(shown), customer, removed: removed))
    }

    private func relationship(_ id: String) -> DelegatedAdminRelationship? {
        let id = id.lowercased()
        return sandbox.store.read { state in state.partnerships.relationships.first { $0.id == id } }
    }

    private func partnerName(_ relationship: DelegatedAdminRelationship) -> String {
        sandbox.world.partner(relationship.partnerTenantID)?.name ?? ""
    }

    private func shown(_ relationship: DelegatedAdminRelationship) -> ShownRelationship {
        ShownRelationship(relationship: relationship, partner: partnerName(relationship), now: sandbox.now)
    }

    private var expired: Response { .page(pages.notice(.signInExpired, nil), status: .badRequest) }

    private func seal(_ flow: AdminFlow) throws -> String { try sealer.seal(flow, as: .adminFlow) }

    private func open(_ fields: FormFields) -> AdminFlow? {
        guard let flow: AdminFlow = fields["flow"].flatMap({ sealer.open($0, as: .adminFlow) }),
            sandbox.now < flow.startedAt.addingTimeInterval(AdminFlow.lifetime)
        else { return nil }
        return flow
    }
}
