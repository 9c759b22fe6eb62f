import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct PartnerCenterSubscriptionTests {
    @Test func `Northgate Bakery has licences and an Azure plan`() async throws {
        let partner = try await PracticePartner()
        let reply = await partner.get("customers/\(PracticePartner.northgate)/subscriptions")
        #expect(reply.body.starts(with: [0xef, 0xbb, 0xbf]))
        let items = reply.json["items"] as? [[String: Any]] ?? []
        #expect(items.map { $0["offerId"] as? String } == [PracticePartner.basic, "DZH318Z0BPS6:0001:DZH318Z0BPV4"])
        #expect(items.map { $0["billingType"] as? String } == ["license", "usage"])
        #expect(items.map { $0["status"] as? String } == ["active", "active"])
        let created = items.first?["creationDate"] as? String ?? ""
        #expect(created.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z/) != nil)
        let id = items.first?["id"] as? String ?? ""
        let one = await partner.get("Customers/\(PracticePartner.northgate)/Subscriptions/\(id.uppercased())").json
        #expect(one["offerName"] as? String == "Microsoft 365 Business Basic")
        #expect(one["orderId"] as? String == items.first?["orderId"] as? String)
    }

    @Test func `the world holds trials, twins, ended and suspended subscriptions, plans and legacy Azure`() async throws
    {
        let partner = try await PracticePartner(customers: 200)
        let liberty = try await partner.ofLiberty()
        var statuses: Set<String> = []
        var offers: Set<String> = []
        var hasTrial = false
        var hasTwin = false
        for number in 1...200 {
            let id = "dddddddd-0000-4000-8000-" + String(repeating: "0", count: 12 - "\(number)".count) + "\(number)"
            let items = await liberty.items("customers/\(id)/subscriptions")
            #expect(!items.isEmpty)
            statuses.formUnion(items.compactMap { $0["status"] as? String })
            let names = items.compactMap { $0["offerId"] as? String }
            offers.formUnion(names)
            hasTwin = hasTwin || Set(names).count < names.count
            hasTrial = hasTrial || items.contains { $0["isTrial"] as? Bool == true }
        }
        #expect(statuses.isSuperset(of: ["active", "suspended", "deleted", "expired", "pending", "disabled"]))
        #expect(offers.contains("MS-AZR-0145P"))
        #expect(offers.contains { $0.hasPrefix("DZH318Z0BPS6:0001:") })
        #expect(hasTrial)
        #expect(hasTwin)
    }

    @Test func `equal seeds give equal subscriptions, other seeds others`() async throws {
        let path = "customers/dddddddd-0000-4000-8000-000000000009/subscriptions"
        let first = try await PracticePartner().ofLiberty()
        let second = try await PracticePartner().ofLiberty()
        #expect(await first.get(path).body == second.get(path).body)
        try second.sandbox.setWorld(WorldSettings(seed: 2, customers: 12))
        #expect(await first.get(path).body != second.get(path).body)
    }

    @Test func `subscriptions are found by order and by partner id`() async throws {
        let partner = try await PracticePartner()
        let path = "customers/\(PracticePartner.northgate)/subscriptions"
        let order = await partner.licenceSubscription()["orderId"] as? String ?? "-"
        #expect(await partner.items("\(path)?order_id=\(order)").count == 1)
        #expect(await partner.items("\(path)?Order_Id=000000000000").isEmpty)
        #expect(await partner.items("\(path)?mpn_id=1234567").count == 2)
        #expect(await partner.items("\(path)?mpn_id=7654321").isEmpty)
    }

    @Test func `a whole subscription sent back changes quantity, name, renewal and billing`() async throws {
        let partner = try await PracticePartner()
        let subscription = await partner.licenceSubscription()
        let reply = await partner.patch(
            subscription,
            ["quantity": 12, "friendlyName": "Front desk", "autoRenewEnabled": false])
        #expect(reply.status == 200)
        let changed = await partner.licenceSubscription()
        #expect(changed["quantity"] as? Int == 12)
        #expect(changed["friendlyName"] as? String == "Front desk")
        #expect(changed["autoRenewEnabled"] as? Bool == false)
        let old = (subscription["attributes"] as? [String: String])?["etag"]
        #expect((changed["attributes"] as? [String: String])?["etag"] != old)
        #expect(partner.lastChange?.contains("autoRenewEnabled false") == true)
        let stale = await partner.patch(subscription, ["quantity": 13])
        #expect(stale.status == 400)
        #expect(stale.code == "2055")
        try partner.sandbox.advanceClock(by: 4 * 365 * 86400)
        let later = PracticePartner(partner.client, token: try await partner.client.accessToken())
        #expect(await later.licenceSubscription()["status"] as? String == "expired")
        #expect(await later.patch(await later.licenceSubscription(), ["quantity": 13]).code == "900279")
    }

    @Test func `licences can be reduced and a subscription cancelled in its first seven days only`() async throws {
        let partner = try await PracticePartner()
        let old = await partner.licenceSubscription()
        #expect(await partner.patch(old, ["quantity": 9]).code == "800090")
        #expect(await partner.patch(old, ["status": "deleted"]).code == "900117")
        let bought = try await partner.buy(PracticePartner.basic, quantity: 5)
        let reduced = await partner.patch(bought, ["quantity": 4])
        #expect(reduced.status == 200)
        #expect(reduced.json["quantity"] as? Int == 4)
        let cancelled = await partner.patch(reduced.json, ["status": "deleted"])
        #expect(cancelled.json["status"] as? String == "deleted")
        #expect(await partner.patch(cancelled.json, ["status": "active"]).code == "2011")
    }

    @Test func `a suspended subscription takes nothing but an end of its suspension`() async throws {
        let partner = try await PracticePartner()
        let suspended = await partner.patch(await partner.licenceSubscription(), ["status": "suspended"]).json
        #expect(suspended["status"] as? String == "suspended")
        #expect(await partner.patch(suspended, ["quantity": 11]).code == "2001")
        #expect(await partner.patch(suspended, ["friendlyName": "Other"]).code == "800091")
        #expect(await partner.patch(suspended, ["status": "active"]).status == 200)
    }

    @Test(
        arguments: [
            (["quantity": 301], 400, "2002"), (["quantity": 0], 400, "2002"), (["quantity": "12"], 400, "3000"),
            (["status": "lost"], 400, "3000"), (["status": "pending"], 400, "800096"),
            (["billingCycle": "weekly"], 400, "900269"), (["billingCycle": "one_time"], 400, "900270"),
            (["friendlyName": ""], 400, "3000"), (["id": "other"], 400, "3000"),
        ] as [([String: any Sendable], Int, String)])
    func `a change that can't be is refused with its code`(change: [String: any Sendable], status: Int, code: String)
        async throws
    {
        let partner = try await PracticePartner()
        let subscription = await partner.licenceSubscription()
        let path = "customers/\(PracticePartner.northgate)/subscriptions/\(subscription["id"] as? String ?? "")"
        let etag = (subscription["attributes"] as? [String: String])?["etag"] ?? ""
        let reply = await partner.send(
            .patch, path, subscription.merging(change) { $1 }, headers: ["If-Match": etag])
        #expect(reply.status == status)
        #expect(reply.code == code)
        #expect(await partner.licenceSubscription()["quantity"] as? Int == 10)
    }

    @Test func `a pending subscription is busy, a trial isn't renewed, a plan in use isn't suspended`() async throws {
        let partner = try await PracticePartner(customers: 200)
        let liberty = try await partner.ofLiberty()
        var codes: [String: String] = [:]
        for number in 1...200 {
            let id = "dddddddd-0000-4000-8000-" + String(repeating: "0", count: 12 - "\(number)".count) + "\(number)"
            for subscription in await liberty.items("customers/\(id)/subscriptions") {
                switch (subscription["status"] as? String, subscription["isTrial"] as? Bool) {
                case ("pending", _):
                    codes["pending"] = await liberty.patch(subscription, ["quantity": 6], of: id).code
                    let path = "customers/\(id)/subscriptions/\(subscription["id"] as? String ?? "")/provisioningStatus"
                    #expect(await liberty.get(path).json["status"] as? String == "pending")
                case ("active", true):
                    codes["trial"] = await liberty.patch(subscription, ["autoRenewEnabled": true], of: id).code
                default: continue
                }
            }
        }
        #expect(codes["pending"] == "900278")
        #expect(codes["trial"] == nil || codes["trial"] == "800093")
        let plan = await partner.items("customers/\(PracticePartner.northgate)/subscriptions").last ?? [:]
        let refused = await partner.patch(plan, ["status": "suspended"])
        #expect(refused.status == 403)
        #expect(refused.code == "900115")
        try partner.sandbox.disableAzureSubscription("cccccccc-a021-4000-8000-000000000001")
        #expect(await partner.patch(plan, ["status": "suspended"]).status == 200)
    }

    @Test func `licences add up, and only group1 is shown without asking`() async throws {
        let partner = try await PracticePartner()
        let path = "customers/\(PracticePartner.school)/subscribedSkus"
        let skus = await partner.items(path)
        #expect(skus.map { ($0["productSku"] as? [String: Any])?["licenseGroupId"] as? String } == ["group1"])
        let both = await partner.items("\(path)?licenseGroupIds=group1&licenseGroupIds=group2")
        #expect(both.count == 2)
        #expect(await partner.get("\(path)?licenseGroupIds=group3").code == "3000")
        for sku in both {
            let units = ["activeUnits", "warningUnits", "totalUnits", "consumedUnits", "availableUnits"]
                .map { sku[$0] as? Int ?? -1 }
            #expect(units[2] == units[0] + units[1])
            #expect(units[4] == units[2] - units[3])
        }
        let first = await partner.items("customers/\(PracticePartner.northgate)/subscribedskus").first ?? [:]
        #expect((first["productSku"] as? [String: Any])?["id"] as? String == "3b555118-da6a-4418-894f-7df1e2096870")
        #expect(first["consumedUnits"] as? Int == 6)
        let refused = await partner.appOnly().get(path)
        #expect(refused.status == 403)
        #expect(refused.code == "900329")
    }

    @Test func `a change of licences shows in their count`() async throws {
        let partner = try await PracticePartner()
        #expect(await partner.patch(await partner.licenceSubscription(), ["quantity": 20]).status == 200)
        let first = await partner.items("customers/\(PracticePartner.northgate)/subscribedskus").first
        #expect(first?["activeUnits"] as? Int == 20)
    }

    @Test(arguments: ["", "/cccccccc-5001-4000-8000-000000000001"])
    func `another partner's customer is out of reach, read and written`(suffix: String) async throws {
        let partner = try await PracticePartner()
        let liberty = try await partner.ofLiberty()
        let path = "customers/\(PracticePartner.northgate)/subscriptions\(suffix)"
        #expect(await liberty.get(path).code == "20002")
        #expect(await partner.get("customers/\(PracticePartner.harbor)/subscriptions\(suffix)x").code != nil)
        let subscription = await partner.licenceSubscription()
        let written = await liberty.patch(subscription, ["quantity": 99])
        #expect(written.status == 403)
        #expect(written.code == "20002")
        #expect(await partner.licenceSubscription()["quantity"] as? Int == 10)
    }
}
