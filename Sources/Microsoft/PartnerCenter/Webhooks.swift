public import Foundation
import HTTPTypes

extension PartnerCenter {
    /// The events that can be subscribed to. "Partner Center webhooks".
    public func webhookEvents() async throws -> [WebhookEventName] {
        try await service.value(.get("/webhooks/v1/registration/events"))
    }

    /// The one registration of the partner's tenant; 404 without.
    public func webhookRegistration() async throws -> WebhookRegistration {
        try await service.value(.get("/webhooks/v1/registration"))
    }

    /// Creates the registration.
    public func registerWebhook(
        _ registration: WebhookRegistration, requestID: UUID
    ) async throws -> WebhookRegistration {
        try await service.value(
            Call(.post, "/webhooks/v1/registration", body: registration, requestID: requestID))
    }

    /// Replaces the registration. May be repeated.
    public func updateWebhook(
        _ registration: WebhookRegistration, requestID: UUID
    ) async throws -> WebhookRegistration {
        try await service.value(
            Call(.put, "/webhooks/v1/registration", body: registration, requestID: requestID))
    }

    /// Asks for a `test-created` event, twice a minute at most.
    ///
    /// - Returns: the id by which ``webhookValidation(_:)`` tells how the delivery went.
    public func requestWebhookValidation(requestID: UUID) async throws -> String {
        let reference: ValidationReference = try await service.value(
            Call(.post, "/webhooks/v1/registration/validationEvents", requestID: requestID))
        return reference.correlationId
    }

    /// How the delivery of a test event went; kept for 7 days.
    public func webhookValidation(_ correlationID: String) async throws -> WebhookValidation {
        try await service.value(.get("/webhooks/v1/registration/validationEvents/\(correlationID)"))
    }

    private struct ValidationReference: Decodable {
        let correlationId: String
    }

    public struct WebhookEventName: MicrosoftWord {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public static let test: Self = "test-created"
        public static let relationshipApproved: Self = "granular-admin-relationship-approved"
        public static let relationshipActivated: Self = "granular-admin-relationship-activated"
        public static let relationshipTerminated: Self = "granular-admin-relationship-terminated"
        public static let relationshipExpired: Self = "granular-admin-relationship-expired"
        public static let resellerRelationshipAccepted: Self = "reseller-relationship-accepted-by-customer"
        public static let subscriptionUpdated: Self = "subscription-updated"
    }

    /// Where events go. Its members are documented with capitals, and come without too.
    public struct WebhookRegistration: Sendable, Codable, Equatable {
        public let url: String
        public let events: [WebhookEventName]
        /// Only in the answer to a registration.
        public let subscriberID: String?

        public init(url: String, events: [WebhookEventName]) {
            self.url = url
            self.events = events
            subscriberID = nil
        }

        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: AnyKey.self)
            func key(_ name: String) -> AnyKey {
                members.allKeys.first { $0.stringValue.lowercased() == name.lowercased() } ?? AnyKey(stringValue: name)
            }
            url = try members.decode(String.self, forKey: key(CodingKeys.url.rawValue))
            events = try members.decodeIfPresent([WebhookEventName].self, forKey: key(CodingKeys.events.rawValue)) ?? []
            subscriberID = try members.decodeIfPresent(String.self, forKey: key("SubscriberId"))
        }

        private enum CodingKeys: String, CodingKey {
            case url = "WebhookUrl"
            case events = "WebhookEvents"
        }

        public func encode(to encoder: any Encoder) throws {
            var members = encoder.container(keyedBy: CodingKeys.self)
            try members.encode(url, forKey: .url)
            try members.encode(events, forKey: .events)
        }
    }

    public struct WebhookValidation: Sendable, Decodable, Equatable {
        public let correlationId: String
        /// For example `completed`.
        public let status: String?
        public let callbackUrl: String?
        public let results: [Delivery]?

        public struct Delivery: Sendable, Decodable, Equatable {
            @LenientText public private(set) var responseCode: String
            public let responseMessage: String?
            public let systemError: Bool?
            @Lenient public private(set) var dateTimeUtc: Date?
        }
    }
}
