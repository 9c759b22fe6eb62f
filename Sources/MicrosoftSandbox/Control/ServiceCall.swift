/// A call of a service that faults can be turned on for, and its name in the request log.
public enum ServiceCall: String, Sendable, CaseIterable, Codable {
    // Entra
    case discovery, keys, authorize, signin, adminconsent, token, redemption
    // Partner Center
    case customers, customer, createCustomer, endRelationship, domain, address, relationshipRequest, relationships
    case agreementTemplates, agreements, profile, mfaStatus
    case subscriptions, subscription, provisioningStatus, licences
    case products, skus, availabilities, promotions, cart, checkout, orders, applicationConsents
    case azureEntitlements, usage, utilizations, invoices, lineItems, auditRecords, webhooks
    // Graph
    case relationship, relationshipRequests, relationshipOperations, accessAssignments, delegatedCustomers
    case tenantInformation, contracts, invitations, me, users, usersDelta, subscribedSkus, secureScores, organization
    case groups, members, servicePrincipals, appRoleAssignments, permissionGrants, batch, billingExports
    // Azure
    case billingAccounts, billingCustomers, subscriptionAliases
    // The admin center
    case adminSignin, approval, partnerList

    public var service: SandboxService {
        switch self {
        case .discovery, .keys, .authorize, .signin, .adminconsent, .token, .redemption: .entra
        case .relationship, .relationshipRequests, .relationshipOperations, .accessAssignments, .delegatedCustomers,
            .tenantInformation, .contracts, .invitations, .me, .users, .usersDelta, .subscribedSkus, .secureScores,
            .organization, .groups, .members, .servicePrincipals, .appRoleAssignments, .permissionGrants, .batch,
            .billingExports:
            .graph
        case .billingAccounts, .billingCustomers, .subscriptionAliases: .azure
        case .adminSignin, .approval, .partnerList: .admin
        default: .partnercenter
        }
    }
}
