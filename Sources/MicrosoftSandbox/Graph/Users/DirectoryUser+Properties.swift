import Foundation

/// As Graph shows it. Source: Microsoft Learn, "user resource type" and "List users".
extension DirectoryUser: GraphObject {
    static let typeName = "microsoft.graph.user"
    static let sortable = ["displayName", "userPrincipalName", "createdDateTime"]

    static let properties: [GraphProperty<DirectoryUser>] =
        usual + account + invitation + whereabouts + synchronization
        + ["aboutMe", "birthday", "hireDate", "mailboxSettings", "mySite", "preferredName"].map {
            GraphProperty($0, .selectedAlone) { _ in .null }
        }
        + ["interests", "pastProjects", "responsibilities", "schools", "skills"].map {
            GraphProperty($0, .selectedAlone) { _ in [] }
        }

    private static let usual: [GraphProperty<DirectoryUser>] = [
        .init("id") { .string($0.id) },
        .init("businessPhones") { _ in [] },
        .init("displayName") { .string($0.displayName) },
        .init("givenName") { .orNull($0.givenName) },
        .init("jobTitle") { .orNull($0.jobTitle) },
        .init("mail") { .orNull($0.mail) },
        .init("mobilePhone") { _ in .null },
        .init("officeLocation") { _ in .null },
        .init("preferredLanguage") { .orNull($0.preferredLanguage) },
        .init("surname") { .orNull($0.surname) },
        .init("userPrincipalName") { .string($0.userPrincipalName) },
    ]

    private static let account: [GraphProperty<DirectoryUser>] = [
        .init("accountEnabled", .selected) { .bool($0.isEnabled) },
        .init("userType", .selected) { .string($0.userType.rawValue) },
        .init("assignedLicenses", .selected) { user in
            .array(user.licences.map { ["disabledPlans": [], "skuId": .string($0)] })
        },
        .init("assignedPlans", .selected) { _ in [] },
        .init("createdDateTime", .selected) { .date($0.createdAt) },
        .init("deletedDateTime", .selected) { _ in .null },
        .init("lastPasswordChangeDateTime", .selected) { .date($0.createdAt) },
        .init("signInSessionsValidFromDateTime", .selected) { .date($0.createdAt) },
        .init("mailNickname", .selected) { .string(String($0.userPrincipalName.prefix { $0 != "@" })) },
        .init("otherMails", .selected) { .strings($0.isInvited ? [$0.mail ?? ""] : []) },
        .init("proxyAddresses", .selected) { .strings($0.mail.map { ["SMTP:\($0)"] } ?? []) },
        .init("identities", .selected) { user in
            let domain = String(user.userPrincipalName.split(separator: "@").last ?? "")
            return [
                [
                    "signInType": user.isInvited ? "federated" : "userPrincipalName",
                    "issuer": .string(user.isInvited ? "ExternalAzureAD" : domain),
                    "issuerAssignedId": user.isInvited ? .null : .string(user.userPrincipalName),
                ]
            ]
        },
    ]

    private static let invitation: [GraphProperty<DirectoryUser>] = [
        .init("externalUserState", .selected) { .orNull($0.invitation?.rawValue) },
        .init("externalUserStateChangeDateTime", .selected) { .date($0.invitationChangedAt) },
        .init("creationType", .selected) { $0.isInvited ? "Invitation" : .null },
    ]

    private static let whereabouts: [GraphProperty<DirectoryUser>] = [
        .init("usageLocation", .selected) { .orNull($0.usageLocation) },
        .init("department", .selected) { .orNull($0.department) },
        .init("companyName", .selected) { .orNull($0.companyName) },
        .init("ageGroup", .selected) { _ in .null },
        .init("city", .selected) { _ in .null },
        .init("country", .selected) { .orNull($0.usageLocation) },
        .init("employeeId", .selected) { _ in .null },
        .init("postalCode", .selected) { _ in .null },
        .init("state", .selected) { _ in .null },
        .init("streetAddress", .selected) { _ in .null },
    ]

    private static let synchronization: [GraphProperty<DirectoryUser>] = [
        .init("onPremisesImmutableId", .selected) { _ in .null },
        .init("onPremisesSyncEnabled", .selected) { _ in .null },
    ]
}
