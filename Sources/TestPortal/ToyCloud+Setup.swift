import HTTPTypes
package import PortalKit

/// Toys that are on no list are typed in, and their keepers are asked: one question, one last look.
extension ToyCloud: TenantIntake, TenantSetup {
    package static let intakeForm = Form(
        fields: [
            Field(name: "name", label: "name"), Field(name: "id", label: "id"),
        ], submit: "Look")

    package static var nameField: String { "name" }

    package func look(_ form: Values, _ access: any Access) async throws -> IntakeFinding {
        guard form["id"].hasPrefix("toy-") else {
            return IntakeFinding(tenant: nil, problems: ["id": FieldProblem("Toys begin with toy-.")])
        }
        return IntakeFinding(
            tenant: DiscoveredTenant(id: form["id"], name: "A toy", domains: []), advice: ["Toys break."],
            isConsented: form["id"].hasSuffix("-consented"))
    }

    package var setup: any Workflow { ToyWorkflow() }

    package func leftovers(of tenant: SetupTenant) -> [String] { ["The box of \(tenant.name)."] }
}

package struct ToyWorkflow: Workflow {
    package enum Step: String, CaseIterable, Sendable {
        case request, answer, finish
    }

    package struct State: Codable, Sendable {
        package var looks = 0
    }

    package let version = 1
    private static let grant: GrantName = "toy.tenant"

    package init() {}

    package func begin(_ tenant: SetupTenant) -> State { State() }

    package func describe(_ step: Step) -> StepText {
        switch step {
        case .request: StepText(title: "Ask the keeper", explanation: "You send a link.", actor: .broker)
        case .answer: StepText(title: "Keeper answers", explanation: "The keeper says yes.", actor: .customer)
        case .finish: StepText(title: "Finish", explanation: "The toy is tried.", actor: .portal)
        }
    }

    package func words(_ step: Step, _ tenant: SetupTenant, _ broker: Broker, in language: Language) -> AskWords? {
        guard step == .answer else { return nil }
        let title = LocalizedText(
            en: "\(broker.name) asks for \(tenant.name)", de: "\(broker.name) fragt nach \(tenant.name)",
            fr: "\(broker.name) demande \(tenant.name)", es: "\(broker.name) pide \(tenant.name)")
        return AskWords(
            title: title[language], purpose: ["To play with it."],
            permissions: [PluginManifest.Permission(name: "play", reason: "play")], next: ["Toy asks."], advice: nil,
            approve: "Approve", approved: ["Thank you."], takeBack: ["Take it."],
            message: AskWords.Message(subject: "A toy", body: "Look: {link}"))
    }

    private static let ask = Ask(
        .customer, .page(endpoint: "http://toy.localhost:9/consent", parameters: ["toy": "1"]))

    package func perform(_ step: Step, _ work: inout Work<State>) async throws -> Outcome<Step> {
        switch step {
        case .request:
            for case .sent in work.events { return .done("The link is on its way.") }
            return .asking(.answer, Self.ask, Wait(.broker, "Send the link."))
        case .answer: return answer(&work)
        case .finish:
            let grant = try work.access.grant(Self.grant)
            let (response, _) = try await grant.send(
                .init(method: .get, scheme: "http", authority: "toy.localhost:9", path: "/alive"), [],
                for: TokenAudience(baseURL: "http://toy.localhost:9", realm: grant.account.realm, scope: "play"))
            guard response.status == .ok else { throw Self.broken }
            work.change(
                .tenant(
                    DiscoveredTenant(
                        id: work.tenant.key.id, name: "True \(work.tenant.key.id)",
                        domains: [.init(name: "\(work.tenant.key.id).example", isVerified: true)])))
            work.change(.access(.enabled))
            work.change(.linkToOrganization)
            return .done("It works.")
        }
    }

    private func answer(_ work: inout Work<State>) -> Outcome<Step> {
        var setback: Setback?
        for event in work.events {
            switch event {
            case .answered(.page(let query)) where query["toy"] == "yes":
                work.change(
                    .keep(
                        Authorization(
                            name: Self.grant,
                            account: Account(realm: work.tenant.key.id, id: "keeper", name: "a keeper"),
                            credential: query["key"] ?? "toy-secret-key")))
                work.change(.access(.approved))
                return .done("The keeper said yes.")
            case .answered: setback = Setback(.declined, Self.broken)
            case .refused(let reason): return .back(to: .request, because: Self.setback(.refused, reason))
            case .withdrawn: return .back(to: .request, because: Self.setback(.withdrawn, "withdrawn"))
            case .lookNow, .doAgain: work.state.looks += 1
            case .sent: break
            }
        }
        return .asking(
            .answer, Self.ask,
            Wait(
                .customer, "Looked \(work.state.looks) times.", poll: Backoff(first: 10, longest: 100),
                lookNow: "Look now", doAgain: "Ask once more"), setback: setback)
    }

    private static func setback(_ kind: Setback.Kind, _ reason: String) -> Setback {
        Setback(kind, Problem(title: "No: \(reason)", explanation: reason, nextStep: "Ask again.", actor: .broker))
    }

    private static let broken = Problem(
        title: "The toy is broken", explanation: "It does not answer.", nextStep: "Mend it.", actor: .customer)
}
