/// A plugin that makes a tenant usable, step by step, with people outside on the way.
public protocol TenantSetup: ProviderPlugin {
    var setup: any Workflow { get }

    /// What stays at the provider when the portal stops looking after the tenant, a sentence each, with how to remove it.
    func leftovers(of tenant: SetupTenant) -> [String]
}

/// A tenant as a set-up knows it.
public struct SetupTenant: Sendable, Hashable, Codable {
    public let key: TenantKey
    /// As the portal shows it now.
    public let name: String
    /// What was typed when it was added, read by ``TenantIntake/intakeForm``.
    public let intake: Values

    public init(key: TenantKey, name: String, intake: Values) {
        self.key = key
        self.name = name
        self.intake = intake
    }
}

/// How far the portal may act in a tenant.
public enum TenantAccess: String, Sendable, Codable, CaseIterable {
    case unknown
    case waitingForApproval = "waiting-for-approval"
    case approved
    case finalizing
    case enabled
    case enabledWithLimitations = "enabled-with-limitations"
    /// The provider no longer takes what was granted.
    case revoked
    case disabled

    public var isEnabled: Bool { self == .enabled || self == .enabledWithLimitations }
}

/// Something about a tenant's access that a person should know: a permission that is missing, or one that nobody asked for.
public struct AccessNote: Sendable, Hashable, Codable {
    public let kind: Kind
    public let title: String
    /// What it means, and what to do about it.
    public let explanation: String

    public init(_ kind: Kind, _ title: String, _ explanation: String) {
        self.kind = kind
        self.title = title
        self.explanation = explanation
    }

    public enum Kind: String, Sendable, Codable {
        case missing
        case moreThanAsked = "more-than-asked"
    }
}
