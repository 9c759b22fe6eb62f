import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct PartnerCenterAzureTests {
    static let plan = "customers/\(PracticePartner.northgate)/subscriptions/cccccccc-5002-4000-8000-000000000001"
    static let legacy = "customers/\(PracticePartner.school)/subscriptions/cccccccc-5003-4000-8000-000000000003"

    @Test func `a plan has Azure subscriptions, one by one and together, for an application too`() async throws {
        let partner = try await PracticePartner()
        let reply = await partner.get("\(Self.plan)/AzureEntitlements").json
        let items = reply["items"] as? [[String: Any]] ?? []
        #expect(reply["links"] == nil)
        #expect(items.map { $0["friendlyName"] as? String } == ["Northgate production", "Northgate test"])
        #expect(items.map { $0["status"] as? String } == ["active", "disabled"])
        #expect(Set(items.map { $0["subscriptionId"] as? String }) == ["cccccccc-5002-4000-8000-000000000001"])
        let id = items.first?["id"] as? String ?? "-"
        let one = await partner.appOnly().get("\(Self.plan)/azureentitlements/\(id)")
        #expect(one.json["friendlyName"] as? String == "Northgate production")
        #expect(await partner.get("\(Self.plan)/azureentitlements/nothing").code == "800111")
    }

    @Test(arguments: [
        ("customers/\(PracticePartner.northgate)/subscriptions/cccccccc-5001-4000-8000-000000000001", 400, "800011"),
        ("customers/\(PracticePartner.northgate)/subscriptions/cccccccc-5999-4000-8000-000000000001", 404, "20003"),
        (legacy, 400, "800011"), ("customers/\(PracticePartner.liberty)/subscriptions/x", 403, "20002"),
    ])
    func `what is no plan has no entitlements`(path: String, status: Int, code: String) async throws {
        let partner = try await PracticePartner()
        let reply = await partner.get("\(path)/azureEntitlements")
        #expect(reply.status == status)
        #expect(reply.code == code)
    }

    @Test func `usage of the month: by customer, by subscription, by resource, by meter`() async throws {
        let partner = try await PracticePartner()
        let records = await partner.items("customers/\(PracticePartner.northgate)/subscriptions/usagerecords")
        #expect(records.map { $0["currencyCode"] as? String } == ["USD"])
        #expect(records.first?["lastModifiedDate"] as? String == "2026-01-15T10:00:00+00:00")
        let cost = records.first?["totalCost"] as? Double ?? 0
        #expect(cost > 0)
        #expect(await partner.items("\(Self.plan)/usageRecords/resources").count == 3)
        let meters = await partner.items("\(Self.plan)/meterUsageRecords")
        let sum = meters.compactMap { $0["totalCost"] as? Double }.reduce(0, +)
        #expect(abs(sum - cost) < 0.001)
        let summary = await partner.get("customers/\(PracticePartner.northgate)/usagesummary").json
        #expect(summary["totalCost"] as? Double == cost)
        let all = await partner.items("customers/usagerecords")
        #expect(all.first?["totalCost"] as? Double == cost)
        let old = await partner.items("customers/\(PracticePartner.school)/subscriptions/usagerecords").first
        #expect(old?["offerId"] as? String == "MS-AZR-0145P")
        #expect(old?["currencyCode"] == nil)
    }

    @Test func `a budget is set, read and taken away`() async throws {
        let partner = try await PracticePartner()
        let path = "customers/\(PracticePartner.northgate)/usagebudget"
        #expect(await partner.get(path).json["amount"] is NSNull)
        #expect(await partner.send(.patch, path, ["Amount": 97.5]).json["amount"] as? Double == 97.5)
        #expect(await partner.get(path).json["amount"] as? Double == 97.5)
        #expect(await partner.send(.patch, path, ["amount": -1]).code == "3000")
        #expect(await partner.send(.patch, path, ["amount": NSNull()]).json["amount"] is NSNull)
    }

    static let days = "start_time=2026-01-01T00%3A00%3A00Z&end_time=2026-01-05T00%3A00%3A00Z"

    @Test func `utilization of a legacy subscription comes in pages`() async throws {
        let partner = try await PracticePartner()
        let path = "\(Self.legacy)/utilizations/azure?\(Self.days)&granularity=Daily&size=5"
        let first = await partner.get(path)
        #expect((first.json["items"] as? [Any])?.count == 5)
        var starts = (first.json["items"] as? [[String: Any]] ?? []).compactMap { $0["usageStartTime"] as? String }
        var token = first.header("MS-ContinuationToken")
        while let current = token, starts.count < 50 {
            let next = await partner.get("\(path)&seekOperation=Next", headers: ["MS-ContinuationToken": current])
            starts += (next.json["items"] as? [[String: Any]] ?? []).compactMap { $0["usageStartTime"] as? String }
            token = next.header("MS-ContinuationToken")
        }
        #expect(starts.count == 12)
        #expect(starts.first == "2026-01-01T00:00:00+00:00")
        #expect(Set(starts).count == 4)
        let hourly = await partner.get(
            "\(Self.legacy)/utilizations/azure?\(Self.days)&granularity=hourly&show_details=false")
        #expect((hourly.json["items"] as? [[String: Any]])?.count == 288)
        #expect((hourly.json["items"] as? [[String: Any]])?.first?["instanceData"] == nil)
    }

    @Test func `what isn't over yet is not ready`() async throws {
        let partner = try await PracticePartner()
        let reply = await partner.get(
            "\(Self.legacy)/utilizations/azure?start_time=2026-01-15T00:00:00Z&end_time=2026-01-16T00:00:00Z")
        #expect(reply.status == 204)
        #expect(reply.body.isEmpty)
        #expect(reply.header("Retry-After") == "60")
    }

    @Test(arguments: [
        "", "start_time=2026-01-02T00:00:00Z&end_time=2026-01-01T00:00:00Z", "\(days)&granularity=weekly",
        "\(days)&size=1001", "start_time=2026-01-01T00:30:00Z&end_time=2026-01-02T00:00:00Z", "start_time=x&end_time=y",
    ])
    func `times and sizes that make no sense are refused`(query: String) async throws {
        let partner = try await PracticePartner()
        let reply = await partner.get("\(Self.legacy)/utilizations/azure?\(query)")
        #expect(reply.status == 400)
        #expect(reply.code == "3000")
        #expect(await partner.get("\(Self.plan)/utilizations/azure?\(Self.days)").code == "800011")
    }
}
