import Foundation

/// An export of billing data that a partner asked for. Source: Microsoft Learn, "Use the Microsoft Graph API for partner
/// billing".
struct BillingExport: Codable, Sendable {
    /// What is exported.
    enum Subject: Codable, Equatable {
        case billed(invoice: String)
        case unbilled(currency: String, period: Period)
    }

    enum Period: String, Codable, CaseIterable {
        case current, last
    }

    enum Kind: String, Codable {
        case reconciliation, usage
    }

    enum AttributeSet: String, Codable, CaseIterable {
        case full, basic
    }

    /// Why it fails.
    struct Failure: Codable {
        let code: String
        let message: String
    }

    let id: String
    let manifestID: String
    let partnerTenantID: String
    let kind: Kind
    let subject: Subject
    let attributeSet: AttributeSet
    let createdAt: Date
    let failure: Failure?

    /// How long `notStarted` and then `running` last. Microsoft takes minutes.
    static let step: TimeInterval = 1

    init(
        partner: String, kind: Kind, subject: Subject, attributeSet: AttributeSet, failure: Failure?, at now: Date
    ) {
        id = UUID().uuidString.lowercased()
        manifestID = UUID().uuidString.lowercased()
        partnerTenantID = partner
        self.kind = kind
        self.subject = subject
        self.attributeSet = attributeSet
        self.failure = failure
        createdAt = now
    }

    enum Status: String {
        case notStarted, running, succeeded, failed
    }

    func status(at now: Date) -> Status {
        switch now.timeIntervalSince(createdAt) / Self.step {
        case ..<1: .notStarted
        case ..<2: .running
        default: failure == nil ? .succeeded : .failed
        }
    }

    var endedAt: Date { createdAt.addingTimeInterval(2 * Self.step) }
}
