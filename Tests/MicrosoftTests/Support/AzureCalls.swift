import HTTPTypes
import Microsoft

extension SampleCall {
    private static let aliasAnswer =
        #"{"id":"/providers/Microsoft.Subscription/aliases/a1","name":"a1","properties":{"subscriptionId":"f1","provisioningState":"Accepted"}}"#

    static let azure = [
        SampleCall(
            "billing accounts", .get, "/providers/Microsoft.Billing/billingAccounts?api-version=2020-05-01",
            answer:
                #"{"value":[{"id":"/b","name":"f:f_2019-05-31","properties":{"agreementType":"MicrosoftPartnerAgreement"}}]}"#
        ) { wire, _ in _ = try await wire.azure.billingAccounts(after: nil) },
        SampleCall(
            "billing customers", .get,
            "/providers/Microsoft.Billing/billingAccounts/{id}/customers?api-version=2020-05-01",
            answer:
                #"{"value":[{"id":"/b/customers/c1","name":"c1","properties":{"displayName":"Northgate"}}],"nextLink":"https://azure.example/next?x=1"}"#
        ) { wire, id in _ = try await wire.azure.customers(ofBillingAccount: id, after: nil) },
        SampleCall(
            "create Azure subscription", .put, "/providers/Microsoft.Subscription/aliases/{id}?api-version=2021-10-01",
            body: #"{"properties":{"billingScope":"/b/customers/c1","displayName":"Test","workload":"Production"}}"#,
            status: .created, answer: aliasAnswer
        ) { wire, id in
            _ = try await wire.azure.createSubscription(
                alias: id,
                AzureManagement.NewSubscription(
                    billingScope: "/b/customers/c1", displayName: "Test", workload: .production))
        },
        SampleCall(
            "Azure subscription", .get, "/providers/Microsoft.Subscription/aliases/{id}?api-version=2021-10-01",
            answer: aliasAnswer
        ) { wire, id in _ = try await wire.azure.subscription(alias: id) },
    ]
}
