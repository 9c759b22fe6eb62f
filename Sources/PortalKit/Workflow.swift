public import Foundation

/// Steps in a fixed order that make a tenant usable. A value: everything that lasts is in its ``State`` and in the rows of
/// the core.
///
/// The core performs the present step, commits what it returned in one transaction, and goes on. A step that is cut off is
/// performed again from its beginning, so it changes nothing outside that does no harm twice.
public protocol Workflow: Sendable {
    /// The order of the cases is the order on the tracker. The raw values stand in rows, so they stay.
    associatedtype Step: CaseIterable & Hashable & Sendable & RawRepresentable where Step.RawValue == String
    associatedtype State: Codable & Sendable

    /// Of ``State``; one that is newer than the program knows is left alone.
    var version: Int { get }

    /// What a set-up begins with.
    func begin(_ tenant: SetupTenant) -> State

    func describe(_ step: Step) -> StepText

    /// What is asked of somebody outside at this step; `nil` where nobody is.
    func words(_ step: Step, _ tenant: SetupTenant, _ broker: Broker, in language: Language) -> AskWords?

    /// - Throws: ``ProviderBusy`` and ``Problem``, as in any job: tried again where that may help, and else the step fails.
    func perform(_ step: Step, _ work: inout Work<State>) async throws -> Outcome<Step>
}

/// What the tracker says of a step before, while and after it is performed.
public struct StepText: Sendable {
    public let title: String
    /// One sentence: what happens.
    public let explanation: String
    /// Who acts while it is under way.
    public let actor: Actor

    public init(title: String, explanation: String, actor: Actor) {
        self.title = title
        self.explanation = explanation
        self.actor = actor
    }
}

/// What came of performing a step.
public enum Outcome<Step: Sendable>: Sendable {
    /// One sentence of what is so now.
    case done(String)
    /// The same step once more at once, with the changes committed.
    case more
    /// Nothing to do until something happens, or until the next look.
    case waiting(Wait)
    /// Somebody outside is asked, by the approval that belongs to that step, this one or a later one. The same ask again is
    /// the same approval; what went wrong with an answer is told as a setback, and the approval stays open.
    case asking(Step, Ask, Wait, setback: Setback? = nil)
    /// An earlier step has to be done again.
    case back(to: Step, because: Setback)
}

/// Why a step stands still, until when, and what a person can do meanwhile. It ends by an event or by a look; never as a
/// failure by itself.
public struct Wait: Sendable, Hashable, Codable {
    public let on: Actor
    /// One sentence: for what.
    public let reason: String
    /// How often the portal looks by itself; `nil` where only an event can end it.
    public var poll: Backoff?
    /// The words of the button that looks at once.
    public var lookNow: String?
    /// The words of the button that does it again: sends an invitation once more.
    public var doAgain: String?
    /// An address for somebody outside, to be passed on by hand.
    public var link: NamedLink?

    public init(
        _ actor: Actor, _ reason: String, poll: Backoff? = nil, lookNow: String? = nil, doAgain: String? = nil,
        link: NamedLink? = nil
    ) {
        on = actor
        self.reason = reason
        self.poll = poll
        self.lookNow = lookNow
        self.doAgain = doAgain
        self.link = link
    }
}

public struct NamedLink: Sendable, Hashable, Codable {
    /// In the middle of a sentence: "invitation link".
    public let name: String
    public let address: String

    public init(_ name: String, _ address: String) {
        self.name = name
        self.address = address
    }
}

/// Looks that grow rarer.
public struct Backoff: Sendable, Hashable, Codable {
    /// Seconds.
    public let first: TimeInterval
    public let longest: TimeInterval

    public init(first: TimeInterval, longest: TimeInterval) {
        self.first = first
        self.longest = longest
    }

    /// The pause after a wait has lasted so long: a fifth of it, within the bounds.
    public func pause(after elapsed: TimeInterval) -> TimeInterval { min(longest, max(first, elapsed / 5)) }
}

/// One step of work: what it may look at, and what it wants changed.
public struct Work<State: Codable & Sendable>: Sendable {
    public let tenant: SetupTenant
    public var state: State
    /// With the grants of this tenant beside those of the broker's connection.
    public let access: any Access
    /// What has happened since the step's last outcome, oldest first. Each is delivered until an outcome is committed, then
    /// never again.
    public let events: [WorkEvent]
    /// Whether this broker was the last to ask this tenant's people: a consent that stands there is then its own.
    public let hasAskedBefore: Bool
    public private(set) var changes: [Change] = []
    private let links: @Sendable (String, Ask) async throws -> String

    /// - Parameter links: makes the approval of a step, if it is not there, and gives a link to it.
    public init(
        tenant: SetupTenant, state: State, access: any Access, events: [WorkEvent], hasAskedBefore: Bool,
        links: @escaping @Sendable (_ step: String, _ ask: Ask) async throws -> String
    ) {
        self.tenant = tenant
        self.state = state
        self.access = access
        self.events = events
        self.hasAskedBefore = hasAskedBefore
        self.links = links
    }

    /// Is committed with the step's outcome, in this order.
    public mutating func change(_ change: Change) { changes.append(change) }

    /// An address of this portal at which somebody outside finds what a later step asks for: for messages that the provider
    /// sends.
    public func link<Step: RawRepresentable>(to step: Step, _ ask: Ask) async throws -> String
    where Step.RawValue == String {
        try await links(step.rawValue, ask)
    }
}

/// What a step wants changed. A plugin can't write.
public enum Change: Sendable {
    /// The true name and domains.
    case tenant(DiscoveredTenant)
    /// An authorization of this tenant, in the place of an earlier one of its name.
    case keep(Authorization)
    case access(TenantAccess, notes: [AccessNote] = [])
    /// Linked to the organization that is beyond doubt, or to a new one; left alone where a person has to decide.
    case linkToOrganization
}

/// Something that a waiting step is told of.
public enum WorkEvent: Sendable, Codable {
    /// The link of an approval was made, to be passed on.
    case sent
    /// Somebody came back from the provider with this.
    case answered(AskAnswer)
    case refused(reason: String)
    case withdrawn
    /// A person wants the portal to look now.
    case lookNow
    case doAgain
}
