import Foundation
import PortalKit

/// A workflow's steps by their names, for those who don't know its types.
extension Workflow {
    /// In the order of the tracker.
    var stepNames: [String] { Step.allCases.map(\.rawValue) }

    func text(of step: String) -> StepText? { Step(rawValue: step).map(describe) }

    func words(of step: String, _ tenant: SetupTenant, _ broker: Broker, in language: Language) -> AskWords? {
        Step(rawValue: step).flatMap { words($0, tenant, broker, in: language) }
    }

    /// The steps from one on, in order.
    func steps(from step: String) -> [String] { Array(stepNames.drop { $0 != step }) }

    func begin(_ tenant: SetupTenant, sealedBy vault: Vault, for row: String) throws -> [UInt8] {
        try vault.seal(value: begin(tenant), for: row)
    }

    /// Performs one step with the state that is stored, and seals the new one.
    func perform(_ request: PerformRequest) async throws -> PerformedStep {
        guard request.setup.workVersion <= version, let step = Step(rawValue: request.step) else {
            throw PerformRequest.needsNewerRelease
        }
        let identity = StoredSetup.sealIdentity(request.setup.tenantID, request.setup.pluginID)
        let state = try request.portal.vault.open(State.self, request.setup.work, for: identity)
        let work = Work(
            tenant: request.tenant, state: state, access: request.access, events: request.events.map(\.event),
            hasAskedBefore: request.hasAskedBefore, links: request.link)
        let (outcome, after) = try await request.portal.asking(request.setup.pluginID) {
            var work = work
            let outcome = try await perform(step, &work)
            return (outcome, work)
        }
        return PerformedStep(
            outcome: PerformedStep.Outcome(outcome), changes: after.changes,
            work: try request.portal.vault.seal(value: after.state, for: identity), version: version)
    }
}

/// What a step is performed with.
struct PerformRequest: Sendable {
    let portal: Portal
    let setup: StoredSetup
    let step: String
    let tenant: SetupTenant
    let access: ProviderAccess
    let events: [SetupEvent]
    let hasAskedBefore: Bool

    /// A link to what a later step asks, made and committed before anybody is given it.
    var link: @Sendable (_ step: String, _ ask: Ask) async throws -> String {
        { [portal, setup, access] step, ask in
            try portal.database.write { db in
                let approval = try db.openApproval(of: setup, step, ask, by: setup.startedBy, at: portal.now)
                let token = try db.makeLink(to: approval, at: portal.now)
                try db.noteSent(approval, .english, at: portal.now)
                return portal.address(ofApproval: token, for: access.broker)
            }
        }
    }

    static let needsNewerRelease = Problem(
        title: "The set-up was begun by a newer release of this portal",
        explanation: "What it has stored can't be read by this one. Nothing was changed.",
        nextStep: "Ask your portal administrator to install the newer release again.", actor: .portalAdministrator)
}

/// What came of a step, without the workflow's types.
struct PerformedStep: Sendable {
    let outcome: Outcome
    let changes: [Change]
    /// Sealed.
    let work: [UInt8]
    let version: Int

    /// For a check of what is set up already: linking is done once, and what a person unlinks later stays so.
    var withoutLink: PerformedStep {
        PerformedStep(
            outcome: outcome, changes: changes.filter { if case .linkToOrganization = $0 { false } else { true } },
            work: work, version: version)
    }

    enum Outcome: Sendable {
        case done(String)
        case more
        case waiting(Wait)
        case asking(String, Ask, Wait, Setback?)
        case back(String, Setback)

        init<Step: RawRepresentable<String> & Sendable>(_ outcome: PortalKit.Outcome<Step>) {
            self =
                switch outcome {
                case .done(let sentence): .done(sentence)
                case .more: .more
                case .waiting(let wait): .waiting(wait)
                case .asking(let step, let ask, let wait, let setback): .asking(step.rawValue, ask, wait, setback)
                case .back(let step, let setback): .back(step.rawValue, setback)
                }
        }
    }
}
