import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct PartnerCenterWebhookTests {
    static let path = "/partnercenter/webhooks/v1/registration"

    static func registration(_ url: String = "https://portal.example/hooks", _ events: [Any] = ["test-created"])
        -> [String: Any]
    {
        ["WebhookUrl": url, "WebhookEvents": events]
    }

    @Test func `a registration is kept for its partner, changed, and read without the subscriber's id`() async throws {
        let partner = try await PracticePartner()
        #expect(await partner.get(Self.path).status == 404)
        #expect(await partner.send(.put, Self.path, Self.registration()).status == 404)
        let made = await partner.send(.post, Self.path, Self.registration())
        #expect(made.status == 200)
        let subscriber = made.json["SubscriberId"] as? String
        #expect(subscriber != nil)
        let changed = await partner.send(
            .put, Self.path, Self.registration("https://portal.example/other", ["invoice-ready"]))
        #expect(changed.json["SubscriberId"] as? String == subscriber)
        let read = await partner.get(Self.path).json
        #expect(read["webhookUrl"] as? String == "https://portal.example/other")
        #expect(read.count == 2)
        #expect(try await partner.ofLiberty().get(Self.path).status == 404)
    }

    @Test func `events are a bare list`() async throws {
        let partner = try await PracticePartner()
        let body = await partner.get("\(Self.path)/events").body
        let events = try JSONSerialization.jsonObject(with: Data(body)) as? [String]
        #expect(events?.contains("granular-admin-relationship-approved") == true)
    }

    @Test(arguments: ["http://portal.example/", "portal", "", "https://", "javascript:alert(1)"])
    func `an address that isn't https is refused`(url: String) async throws {
        let partner = try await PracticePartner()
        #expect(await partner.send(.post, Self.path, Self.registration(url)).code == "3000")
    }

    @Test func `events that nobody knows are refused`() async throws {
        let partner = try await PracticePartner()
        for events in [[], ["unknown"], [7]] as [[Any]] {
            let reply = await partner.send(.post, Self.path, Self.registration("https://portal.example/", events))
            #expect(reply.code == "3000")
        }
    }

    @Test func `two test events a minute, and their results for seven days`() async throws {
        let partner = try await PracticePartner()
        let events = "\(Self.path)/validationEvents"
        #expect(await partner.send(.post, events).status == 404)
        _ = await partner.send(.post, Self.path, Self.registration())
        let id = "eeeeeeee-0000-4000-8000-0000000000c1"
        let first = await partner.send(.post, events, headers: ["MS-CorrelationId": id])
        #expect(first.json["correlationId"] as? String == id)
        #expect(await partner.send(.post, events).status == 200)
        let third = await partner.send(.post, events)
        #expect(third.status == 429)
        #expect(third.header("Retry-After") == "60")
        let result = await partner.get("\(events)/\(id)").json
        #expect(result["status"] as? String == "completed")
        #expect(result["callbackUrl"] as? String == "https://portal.example/hooks")
        #expect(try await partner.ofLiberty().get("\(events)/\(id)").status == 404)
        try partner.sandbox.advanceClock(by: 7 * 86400)
        let later = PracticePartner(partner.client, token: try await partner.client.accessToken())
        #expect(await later.get("\(events)/\(id)").status == 404)
    }
}
