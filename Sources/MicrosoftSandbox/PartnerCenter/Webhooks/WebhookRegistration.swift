import Foundation

/// Where a partner wants to be told of events. Source: Microsoft Learn, "Partner Center webhooks".
struct WebhookRegistration: Codable, Sendable {
    let subscriberID: String
    var url: String
    var events: [String]
    /// The signature in `x-ms-signature` in place of `Authorization`.
    var usesOwnSignatureHeader: Bool

    static let knownEvents = [
        "test-created", "granular-admin-relationship-approved", "granular-admin-relationship-activated",
        "granular-admin-relationship-terminated", "granular-admin-relationship-expired",
        "granular-admin-access-assignment-created", "granular-admin-access-assignment-activated",
        "granular-admin-access-assignment-updated", "granular-admin-access-assignment-deleted",
        "reseller-relationship-accepted-by-customer", "dap-admin-relationship-approved",
        "dap-admin-relationship-terminated", "dap-admin-relationship-terminated-by-microsoft", "subscription-updated",
        "usagerecords-thresholdExceeded", "invoice-ready", "azure-fraud-event-detected",
        "new-commerce-migration-created", "new-commerce-migration-completed", "new-commerce-migration-failed",
        "new-commerce-migration-schedule-failed", "referral-created", "referral-updated", "related-referral-created",
        "related-referral-updated",
    ]
}

/// A test event that was asked for.
struct WebhookValidation: Codable, Sendable {
    let correlationID: String
    let partnerID: String
    let url: String
    let date: Date

    static let lifetime: TimeInterval = 7 * 86400
}
