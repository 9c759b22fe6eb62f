import Foundation

/// Registering for events. They aren't delivered: nothing leaves the sandbox. Source: Microsoft Learn, "Partner Center
/// webhooks".
struct WebhookCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    private static let validationsPerMinute = 2

    /// A bare list.
    func events() -> PartnerCenterAnswer { PartnerCenterAnswer(json: .strings(WebhookRegistration.knownEvents)) }

    /// In camel case and without the subscriber's id, other than the answer to the registration.
    func registration() throws -> PartnerCenterAnswer {
        let registration = try existing()
        return PartnerCenterAnswer(json: [
            "webhookUrl": .string(registration.url), "webhookEvents": .strings(registration.events),
        ])
    }

    /// There is one for each partner; another takes its place.
    func register() throws -> PartnerCenterAnswer { try keep(subscriberID: nil) }

    func change() throws -> PartnerCenterAnswer { try keep(subscriberID: existing().subscriberID) }

    private func keep(subscriberID: String?) throws -> PartnerCenterAnswer {
        let url = try call.body.text("webhookUrl", 1...2000)
        guard let parsed = URL(string: url), parsed.scheme?.lowercased() == "https", parsed.host?.isEmpty == false
        else {
            throw call.body.refusal("webhookUrl")
        }
        let events = try call.body.texts("webhookEvents")
        guard !events.isEmpty, events.allSatisfy(WebhookRegistration.knownEvents.contains) else {
            throw call.body.refusal("webhookEvents")
        }
        let registration = WebhookRegistration(
            subscriberID: subscriberID ?? UUID().uuidString.lowercased(), url: url, events: events,
            usesOwnSignatureHeader: try call.body.boolean("signatureTokenToMsSignatureHeader") ?? false)
        try call.change("webhook of partner \(call.partner.tenantID) registered for \(events.count) events") { state in
            state.commerce.webhooks[call.partner.tenantID] = registration
        }
        return PartnerCenterAnswer(json: [
            "SubscriberId": .string(registration.subscriberID), "WebhookUrl": .string(registration.url),
            "WebhookEvents": .strings(registration.events),
        ])
    }

    func validate() throws -> PartnerCenterAnswer {
        let registration = try existing()
        guard registration.events.contains("test-created") else {
            throw PartnerCenterFault.invalidProperty("webhookEvents")
        }
        let recent = call.sandbox.store.read { $0.commerce.webhookValidations }.filter { validation in
            validation.partnerID == call.partner.tenantID && call.now.timeIntervalSince(validation.date) < 60
        }
        guard recent.count < Self.validationsPerMinute else { throw PartnerCenterFault.throttled(retryAfter: "60") }
        let validation = WebhookValidation(
            correlationID: call.correlationID, partnerID: call.partner.tenantID, url: registration.url, date: call.now)
        try call.change("webhook of partner \(call.partner.tenantID) asked for a test event") { state in
            state.commerce.webhookValidations.removeAll {
                call.now.timeIntervalSince($0.date) >= WebhookValidation.lifetime
            }
            state.commerce.webhookValidations.append(validation)
        }
        return PartnerCenterAnswer(json: ["correlationId": .string(validation.correlationID)])
    }

    func validation() throws -> PartnerCenterAnswer {
        let id = call.parameter("correlation").lowercased()
        let found = call.sandbox.store.read { $0.commerce.webhookValidations }.first { validation in
            validation.correlationID.lowercased() == id && validation.partnerID == call.partner.tenantID
                && call.now.timeIntervalSince(validation.date) < WebhookValidation.lifetime
        }
        guard let found else { throw PartnerCenterFault.notFound }
        return PartnerCenterAnswer(json: [
            "correlationId": .string(found.correlationID), "partnerId": .string(found.partnerID),
            "status": "completed", "callbackUrl": .string(found.url),
            "results": [
                [
                    "responseCode": "OK", "responseMessage": "", "systemError": false,
                    "dateTimeUtc": PartnerCenterDate.sevenDigitsWithoutZone(found.date),
                ]
            ],
        ])
    }

    private func existing() throws(PartnerCenterFault) -> WebhookRegistration {
        let registration = call.sandbox.store.read { $0.commerce.webhooks[call.partner.tenantID] }
        guard let registration else { throw .notFound }
        return registration
    }
}
