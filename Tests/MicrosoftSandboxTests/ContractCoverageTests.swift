import Foundation
import HTTPTypes
import MicrosoftContract
import MicrosoftSandbox
import Testing

/// A documented call can't be missing from the sandbox: each is made here, with a token that may make it, and must
/// succeed. ``AnswerContract`` holds the answers against the documents.
@Suite struct ContractCoverageTests {
    @Test func `every documented call of Partner Center succeeds`() async throws {
        let partner = try await PracticePartner()
        var calls = try SuccessfulCalls(.partnerCenter) { method, path, json, headers in
            let headers = headers.merging(["Authorization": "Bearer \(partner.token)"]) { first, _ in first }
            return await partner.client.send(method, "/partnercenter\(path)", headers: headers, body: json)
        }
        try await PartnerCenterTour(partner: partner).make(&calls)
        #expect(calls.missing == [])
    }

    @Test func `every documented call of Graph succeeds`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        var calls = try SuccessfulCalls(.graph) { method, path, json, headers in
            let headers = headers.merging(["Authorization": "Bearer \(token)"]) { first, _ in first }
            let address = "\(client.sandbox.configuration.base)/graph\(path)"
            return await client.graph(method, address, nil, headers: headers, body: json)
        }
        try await GraphTour(client: client).make(&calls)
        #expect(calls.missing == [])
    }

    @Test func `every documented call of Azure succeeds`() async throws {
        let admin = try await DelegatedAdminClient(scope: "https://management.azure.com/.default")
        var calls = try SuccessfulCalls(.azure) { method, path, json, headers in
            await admin.send(method, "/azure\(path)", json, headers: headers)
        }
        let accounts = "/providers/Microsoft.Billing/billingAccounts"
        let version = "api-version=2020-05-01"
        let list = await calls.make(.get, "\(accounts)?\(version)")
        let account = "\(accounts)/\(try #require(list.items.first?["name"] as? String))"
        let customer = "\(account)/customers/\(DelegatedAdminClient.northgate)"
        await calls.get(["\(account)?\(version)", "\(account)/customers?\(version)", "\(customer)?\(version)"])
        let alias = "/providers/Microsoft.Subscription/aliases/example?api-version=2021-10-01"
        await calls.make(
            .put, alias,
            #"{"properties":{"billingScope":"\#(customer)","displayName":"Example","workload":"Production"}}"#)
        await calls.get([alias])
        #expect(calls.missing == [])
    }
}
