import HTTPTypes
import MicrosoftContract
import Testing

@Suite struct AzureContractTests {
    private let document: ContractDocument

    init() throws { document = try ContractDocument(.azure) }

    private let alias = SampleExchange(
        method: .put, path: "/providers/Microsoft.Subscription/aliases/a?api-version=2021-10-01",
        requestHeaders: ["Authorization": "Bearer t", "Content-Type": "application/json"],
        requestBody: #"{"properties": {"billingScope": "/b", "displayName": "Aalto", "workload": "Production"}}"#,
        status: 201, responseHeaders: ["Content-Type": "application/json"],
        responseBody: #"""
            {"id": "/providers/Microsoft.Subscription/aliases/a", "name": "a", "type": "Microsoft.Subscription/aliases",
             "properties": {"provisioningState": "Accepted"}}
            """#)

    @Test func `a new subscription is as documented`() {
        #expect(alias.violations(document) == [])
        #expect(
            alias.with { $0.path = "/providers/microsoft.subscription/aliases/a?Api-Version=2021-10-01" }
                .violations(document) == [])
    }

    @Test func `a new subscription that strays is told`() {
        let path = "PUT /providers/Microsoft.Subscription/aliases/{aliasName}"
        #expect(
            alias.with { $0.path = "/providers/Microsoft.Subscription/aliases/a" }.violations(document)
                == ["\(path): request query api-version is missing"])
        #expect(alias.with { $0.path = $0.path.replacing("2021", with: "2020") }.violations(document).count == 1)
        #expect(alias.answering("Accepted", with: "Done").violations(document).count == 1)
        #expect(
            alias.with { $0.requestBody = $0.requestBody.replacing("workload", with: "Workload") }
                .violations(document).count == 2)
    }

    @Test func `a page of customers is as documented`() {
        let account = "/providers/Microsoft.Billing/billingAccounts/a:b_2019-05-31"
        let customers = SampleExchange(
            path: "\(account)/customers?api-version=2020-05-01&$expand=resellers",
            requestHeaders: ["Authorization": "Bearer t"], responseHeaders: ["Content-Type": "application/json"],
            responseBody: #"""
                {"value": [{"id": "\#(account)/customers/c", "name": "10000000-0000-4000-8000-000000000001",
                   "type": "Microsoft.Billing/billingAccounts/customers", "properties": {"displayName": "Aalto",
                      "billingProfileId": "\#(account)/billingProfiles/p", "billingProfileDisplayName": "P"}}]}
                """#)
        #expect(customers.violations(document) == [])
        #expect(customers.answering("\"name\": \"1", with: "\"name\": \"x").violations(document).count == 1)
    }
}
