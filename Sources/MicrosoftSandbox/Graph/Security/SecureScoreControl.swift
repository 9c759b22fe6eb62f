import Foundation

/// Something that a tenant can do for its security, with the points that it gives. Names and texts are invented in the
/// manner of Microsoft's. Source for the shape: Microsoft Learn, "secureScoreControlProfile resource type".
struct SecureScoreControl: Sendable {
    let id: String
    let category: String
    let title: String
    let service: String
    let maxScore: Double
    let rank: Int

    static let all: [SecureScoreControl] = [
        ("MFARegistrationV2", "Identity", "Ensure all users can complete multifactor authentication", "AAD", 9.0),
        ("AdminMFAV2", "Identity", "Require multifactor authentication for administrators", "AAD", 10),
        ("OneAdmin", "Identity", "Designate more than one global administrator", "AAD", 1),
        ("BlockLegacyAuthentication", "Identity", "Block legacy authentication", "AAD", 8),
        ("PWAgePolicyNew", "Identity", "Do not expire passwords", "AAD", 8),
        ("SelfServicePasswordReset", "Identity", "Enable self-service password reset", "AAD", 1),
        ("IntegratedApps", "Identity", "Do not let users consent to unmanaged applications", "AAD", 4),
        ("mdo_safelinks", "Apps", "Turn on Safe Links", "MDO", 9),
        ("mdo_safeattachments", "Apps", "Turn on Safe Attachments", "MDO", 8),
        ("exo_mailboxaudit", "Apps", "Turn on mailbox auditing", "EXO", 5),
        ("dlp_datalossprevention", "Data", "Make policies against the loss of data", "MIP", 10),
        ("spo_idle_session_timeout", "Apps", "Sign out idle sessions", "SPO", 3),
    ].enumerated().map { index, control in
        SecureScoreControl(
            id: control.0, category: control.1, title: control.2, service: control.3, maxScore: control.4,
            rank: index + 1)
    }
}

/// A control as one tenant sees it.
struct SecureScoreControlProfile: Sendable {
    let control: SecureScoreControl
    let tenantID: String

    var id: String { control.id }
}

extension SecureScoreControlProfile: GraphObject {
    static let typeName = "microsoft.graph.secureScoreControlProfile"
    static let isDirectoryObject = false

    static let properties: [GraphProperty<SecureScoreControlProfile>] = [
        .init("id") { .string($0.id) },
        .init("azureTenantId") { .string($0.tenantID) },
        .init("actionType") { _ in "Config" },
        .init("actionUrl") { _ in "https://entra.microsoft.com/" },
        .init("controlCategory") { .string($0.control.category) },
        .init("title") { .string($0.control.title) },
        .init("deprecated") { _ in false },
        .init("implementationCost") { _ in "Low" },
        .init("lastModifiedDateTime") { _ in .date(GeneratedUsers.firstDay) },
        .init("maxScore") { .number($0.control.maxScore) },
        .init("rank") { .integer($0.control.rank) },
        .init("remediation") { .string("\($0.control.title), in its portal.") },
        .init("remediationImpact") { _ in "People may have to sign in anew." },
        .init("service") { .string($0.control.service) },
        .init("threats") { _ in ["Account Breach", "Data Exfiltration"] },
        .init("tier") { _ in "Core" },
        .init("userImpact") { _ in "Moderate" },
        .init("vendorInformation") { _ in SecureScore.vendor },
    ]
}
