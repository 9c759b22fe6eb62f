import HTTPTypes

/// Every call there is. An address that fits several lines belongs to the first. Which calls an application may make
/// without a user, Microsoft Learn says on each call's page.
extension PartnerCenterRoutes {
    static let table: [PartnerCenterRoute] =
        customers + agreementsAndProfiles + subscriptions + catalogue + carts + azure + billing + webhooks

    private static let customers: [PartnerCenterRoute] = [
        .init(.get, "v1/customers", .customers, [.appOnly, .marked]) { try CustomerList($0).page() },
        .init(.post, "v1/customers", .createCustomer, [.appOnly, .keyed]) { try CustomerCalls($0).create() },
        .init(.get, "v1/customers/relationshiprequests", .relationshipRequest) { RelationshipCalls($0).request() },
        .init(.get, "v1/customers/usagerecords", .usage) { try UsageCalls($0).ofCustomers() },
        .init(.get, "v1/customers/{customer}", .customer, [.appOnly, .marked]) { try CustomerCalls($0).one() },
        .init(.patch, "v1/customers/{customer}", .endRelationship) { try CustomerCalls($0).endRelationship() },
        .init(.delete, "v1/customers/{customer}", .endRelationship, [.appOnly]) { try CustomerCalls($0).delete() },
        .init(.get, "v1/relationships", .relationships, [.appOnly]) { try RelationshipCalls($0).list() },
        .init(.head, "v1/domains/{domain}", .domain, [.appOnly]) { DomainCheck($0).answer() },
        .init(.post, "v1/validations/address", .address, [.appOnly]) { try AddressValidation($0).answer() },
        .init(.post, "v1/customers/{customer}/applicationconsents", .applicationConsents, [.keyed]) {
            try ApplicationConsentCalls($0).create()
        },
        .init(.delete, "v1/customers/{customer}/applicationconsents/{application}", .applicationConsents) {
            try ApplicationConsentCalls($0).delete()
        },
    ]

    private static let agreementsAndProfiles: [PartnerCenterRoute] = [
        .init(.get, "v1/agreements", .agreementTemplates) { try AgreementCalls($0).templates() },
        .init(.get, "v1/customers/{customer}/agreements", .agreements) { try AgreementCalls($0).list() },
        .init(.post, "v1/customers/{customer}/agreements", .agreements, [.keyed]) { try AgreementCalls($0).confirm() },
        .init(.get, "v1/customers/{customer}/directSignedMicrosoftCustomerAgreementStatus", .agreements) {
            try AgreementCalls($0).directSigning()
        },
        .init(.get, "v1/profiles/legalbusiness", .profile) { PartnerProfiles(partner: $0.partner).legalBusiness },
        .init(.get, "v1/profiles/mpn", .profile) { call in
            if let asked = call.query["mpnId"], asked != call.partner.partnerID { throw PartnerCenterFault.notFound }
            return PartnerProfiles(partner: call.partner).mpn
        },
        .init(.get, "v1/profiles/organization", .profile, [.doubledIDs]) {
            PartnerProfiles(partner: $0.partner).organization
        },
        .init(.get, "v1/profiles/billing", .profile) { PartnerProfiles(partner: $0.partner).billing },
        .init(.get, "v1/profiles/support", .profile) { PartnerProfiles(partner: $0.partner).support },
        .init(.get, "v1/applicationmfaadoptionstatus", .mfaStatus) { MFAStatusCalls($0).adoption() },
        .init(.get, "v1/nonMfaCompliantPartnerPrincipals", .mfaStatus) { MFAStatusCalls($0).people() },
        .init(.get, "v1/partnerRequests", .mfaStatus) { MFAStatusCalls($0).requests() },
    ]

    private static let subscriptions: [PartnerCenterRoute] = [
        .init(.get, "v1/customers/{customer}/subscriptions", .subscriptions, [.appOnly, .marked]) {
            try SubscriptionCalls($0).list()
        },
        .init(.get, "v1/customers/{customer}/subscriptions/usagerecords", .usage) {
            try UsageCalls($0).ofSubscriptions()
        },
        .init(.get, "v1/customers/{customer}/subscriptions/{subscription}", .subscription, [.appOnly]) {
            try SubscriptionCalls($0).one()
        },
        .init(.patch, "v1/customers/{customer}/subscriptions/{subscription}", .subscription, [.appOnly]) {
            try SubscriptionCalls($0).update()
        },
        .init(
            .get, "v1/customers/{customer}/subscriptions/{subscription}/provisioningstatus", .provisioningStatus,
            [.appOnly]
        ) { try SubscriptionCalls($0).provisioningStatus() },
        .init(.get, "v1/customers/{customer}/subscribedskus", .licences) { try SubscriptionCalls($0).licences() },
    ]

    /// The same for the partner and below a customer.
    private static let catalogue: [PartnerCenterRoute] =
        ["v1/products", "v1/customers/{customer}/products"].flatMap { base -> [PartnerCenterRoute] in
            [
                .init(.get, base, .products, [.appOnly]) { try CatalogueCalls($0).products() },
                .init(.get, "\(base)/{product}", .products, [.appOnly]) { try CatalogueCalls($0).product() },
                .init(.get, "\(base)/{product}/skus", .skus, [.appOnly]) { try CatalogueCalls($0).skus() },
                .init(.get, "\(base)/{product}/skus/{sku}", .skus, [.appOnly]) { try CatalogueCalls($0).sku() },
                .init(.get, "\(base)/{product}/skus/{sku}/availabilities", .availabilities, [.appOnly]) {
                    try CatalogueCalls($0).availabilities()
                },
                .init(.get, "\(base)/{product}/skus/{sku}/availabilities/{availability}", .availabilities, [.appOnly]) {
                    try CatalogueCalls($0).availability()
                },
            ]
        } + [
            .init(.get, "v1/productpromotions", .promotions, [.appOnly]) { try PromotionCalls($0).list() },
            .init(.get, "v1/offers", .products, [.appOnly]) { try CatalogueCalls($0).legacyOffers() },
        ]

    private static let carts: [PartnerCenterRoute] = [
        .init(.post, "v1/customers/{customer}/carts", .cart, [.appOnly, .keyed]) { try CartCalls($0).create() },
        .init(.get, "v1/customers/{customer}/carts/{cart}", .cart, [.appOnly]) { try CartCalls($0).one() },
        .init(.put, "v1/customers/{customer}/carts/{cart}", .cart, [.appOnly]) { try CartCalls($0).replace() },
        .init(.post, "v1/customers/{customer}/carts/{cart}/checkout", .checkout, [.appOnly, .keyed]) {
            try CartCalls($0).checkout()
        },
        .init(.get, "v1/customers/{customer}/orders", .orders, [.appOnly]) { try OrderCalls($0).list() },
        .init(.post, "v1/customers/{customer}/orders", .orders, [.appOnly, .keyed]) { try OrderCalls($0).create() },
        .init(.get, "v1/customers/{customer}/orders/{order}", .orders, [.appOnly]) { try OrderCalls($0).one() },
        .init(.get, "v1/customers/{customer}/orders/{order}/provisioningstatus", .orders, [.appOnly]) {
            try OrderCalls($0).provisioningStatus()
        },
    ]

    private static let azure: [PartnerCenterRoute] = [
        .init(
            .get, "v1/customers/{customer}/subscriptions/{subscription}/azureEntitlements", .azureEntitlements,
            [.appOnly]
        ) { try EntitlementCalls($0).list() },
        .init(
            .get, "v1/customers/{customer}/subscriptions/{subscription}/azureEntitlements/{entitlement}",
            .azureEntitlements, [.appOnly]
        ) { try EntitlementCalls($0).one() },
        .init(
            .get, "v1/customers/{customer}/subscriptions/{subscription}/usagerecords/resources", .usage, [.appOnly]
        ) { try UsageCalls($0).ofResources() },
        .init(.get, "v1/customers/{customer}/subscriptions/{subscription}/meterusagerecords", .usage) {
            try UsageCalls($0).ofMeters()
        },
        .init(.get, "v1/customers/{customer}/usagesummary", .usage) { try UsageCalls($0).summary() },
        .init(.get, "v1/customers/{customer}/usagebudget", .usage) { try UsageCalls($0).budget() },
        .init(.patch, "v1/customers/{customer}/usagebudget", .usage) { try UsageCalls($0).setBudget() },
        .init(
            .get, "v1/customers/{customer}/subscriptions/{subscription}/utilizations/azure", .utilizations, [.appOnly]
        ) { try UtilizationCalls($0).list() },
    ]

    private static let billing: [PartnerCenterRoute] = [
        .init(.get, "v1/invoices", .invoices, [.appOnly]) { try InvoiceCalls($0).page() },
        .init(.get, "v1/invoices/summaries", .invoices) { InvoiceCalls($0).summaries() },
        .init(.get, "v1/invoices/{invoice}", .invoices, [.appOnly]) { try InvoiceCalls($0).one() },
        .init(.get, "v1/invoices/{invoice}/documents/statement", .invoices) { try InvoiceCalls($0).statement() },
        .init(.get, "v1/invoices/{invoice}/lineitems", .lineItems) { try LineItemCalls($0).list() },
        .init(.get, "v1/invoices/{invoice}/lineitems/{provider}/{invoicelineitemtype}", .lineItems) {
            try LineItemCalls($0).list()
        },
        .init(.get, "v1/auditrecords", .auditRecords, [.doubledIDs]) { try AuditCalls($0).list() },
    ]

    private static let webhooks: [PartnerCenterRoute] = [
        .init(.get, "webhooks/v1/registration/events", .webhooks) { WebhookCalls($0).events() },
        .init(.get, "webhooks/v1/registration", .webhooks) { try WebhookCalls($0).registration() },
        .init(.post, "webhooks/v1/registration", .webhooks) { try WebhookCalls($0).register() },
        .init(.put, "webhooks/v1/registration", .webhooks) { try WebhookCalls($0).change() },
        .init(.post, "webhooks/v1/registration/validationEvents", .webhooks) { try WebhookCalls($0).validate() },
        .init(.get, "webhooks/v1/registration/validationEvents/{correlation}", .webhooks) {
            try WebhookCalls($0).validation()
        },
    ]
}
