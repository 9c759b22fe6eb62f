import Foundation

/// A tenant as it shows itself. Source: Microsoft Learn, "organization resource type".
struct Organization: Sendable {
    let directory: Directory
    let licences: [Licence]

    var id: String { directory.id }
}

extension Organization: GraphObject {
    static let typeName = "microsoft.graph.organization"

    static let properties: [GraphProperty<Organization>] = identity + place + services

    private static let identity: [GraphProperty<Organization>] = [
        .init("id") { .string($0.id) },
        .init("deletedDateTime") { _ in .null },
        .init("displayName") { .string($0.directory.name) },
        .init("createdDateTime") { _ in .date(GeneratedUsers.firstDay) },
        .init("tenantType") { _ in "AAD" },
        .init("partnerTenantType") { $0.directory.isPartner ? "resellerPartnerDelegatedAdmin" : .null },
        .init("verifiedDomains") { organization in
            .array(
                TenantDomain.all(of: organization.directory).map { domain in
                    [
                        "capabilities": "Email, OfficeCommunicationsOnline", "isDefault": .bool(domain.isDefault),
                        "isInitial": .bool(domain.isInitial), "name": .string(domain.id), "type": "Managed",
                    ]
                })
        },
    ]

    private static let place: [GraphProperty<Organization>] = [
        .init("city") { .string($0.directory.country.place.city) },
        .init("state") { .orNull($0.directory.country.place.state) },
        .init("postalCode") { .string($0.directory.country.place.postalCode) },
        .init("street") { _ in "1 Practice Street" },
        .init("country") { _ in .null },
        .init("countryLetterCode") { .string($0.directory.country.rawValue) },
        .init("preferredLanguage") { .string($0.directory.country.language) },
        .init("defaultUsageLocation") { _ in .null },
        .init("businessPhones") { _ in [] },
    ]

    private static let services: [GraphProperty<Organization>] = [
        .init("assignedPlans") { organization in
            .array(
                organization.licences.flatMap(\.servicePlans).map { plan in
                    [
                        "assignedDateTime": .date(GeneratedUsers.firstDay), "capabilityStatus": "Enabled",
                        "service": .string(plan.name), "servicePlanId": .string(plan.id),
                    ]
                })
        },
        .init("provisionedPlans") { _ in [] },
        .init("privacyProfile") { _ in .null },
        .init("marketingNotificationEmails") { _ in [] },
        .init("technicalNotificationMails") { _ in [] },
        .init("securityComplianceNotificationMails") { _ in [] },
        .init("securityComplianceNotificationPhones") { _ in [] },
        .init("onPremisesLastSyncDateTime") { _ in .null },
        .init("onPremisesSyncEnabled") { _ in .null },
    ]
}
