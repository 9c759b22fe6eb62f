public import Foundation

/// Something that went wrong at a provider, in words for the person who reads it.
public struct Problem: Error, Sendable, Hashable, Codable {
    /// What happened.
    public var title: String
    /// What it means.
    public var explanation: String
    /// What to do now.
    public var nextStep: String
    public var actor: Actor
    public var remedy: Remedy
    /// What the provider said: code, message, time, correlation id. Never a secret.
    public var facts: [Fact]

    public init(
        title: String, explanation: String, nextStep: String, actor: Actor, remedy: Remedy = .none, facts: [Fact] = []
    ) {
        self.title = title
        self.explanation = explanation
        self.nextStep = nextStep
        self.actor = actor
        self.remedy = remedy
        self.facts = facts
    }

    public struct Fact: Sendable, Hashable, Codable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What helps, where the core has to know.
    public enum Remedy: String, Sendable, Codable {
        /// Only what ``Problem/nextStep`` says.
        case none
        /// Only what the call was about is refused or gone; others are not touched by it.
        case thisOne
        /// The same call may go through later.
        case retry
        /// The stored authorization is dead; somebody has to sign in again.
        case signInAgain
    }
}

/// Who has to act.
public enum Actor: String, Sendable, Codable {
    /// Who uses the portal for the broker.
    case broker
    /// Who administers the broker's account at the provider.
    case partnerAdministrator
    /// Who administers the customer's tenant.
    case customer
    /// The broker's own person who is a guest of the customer.
    case guest
    /// Who operates this portal.
    case portalAdministrator
    case provider
    /// The portal goes on by itself.
    case portal
}

/// Not now: nothing may be sent to this part of the provider before a time. Thrown by ``Grant/send(_:_:for:)`` and
/// ``Access/send(_:_:)``; a plugin lets it pass, and the job goes on at that time.
public struct ProviderBusy: Error, Sendable, Equatable {
    public let until: Date
    public let cause: Cause

    public init(until: Date, cause: Cause = .asked) {
        self.until = until
        self.cause = cause
    }

    public enum Cause: Sendable {
        /// The provider asks us to wait.
        case asked
        /// It has failed several times in a row.
        case failing
    }
}
