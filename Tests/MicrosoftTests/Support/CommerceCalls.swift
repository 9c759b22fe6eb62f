import Foundation
import HTTPTypes
import Microsoft

/// Buying, usage, billing and events.
extension SampleCall {
    static let subscriptionAnswer =
        #"{"id":"s1","offerId":"CFQ7:0001:K971","friendlyName":"Basic","quantity":10,"status":"active","billingCycle":"monthly","termDuration":"P1Y","autoRenewEnabled":true,"creationDate":"2026-01-15T21:28:19.3058617Z","cancellationAllowedUntilDate":"0001-01-01T00:00:00","somethingNew":{"kept":[1.50,null]},"attributes":{"etag":"e1==","objectType":"Subscription"}}"#

    static let subscriptionCalls = [
        SampleCall(
            "subscriptions", .get, "/v1/customers/{id}/subscriptions",
            answer: #"{"totalCount":1,"items":[\#(subscriptionAnswer)],"links":{"self":{"uri":"/x"}}}"#
        ) { wire, id in _ = try await wire.partnerCenter.subscriptions(ofCustomer: id) },
        SampleCall("subscription", .get, "/v1/customers/{id}/subscriptions/s1", answer: subscriptionAnswer) {
            wire, id in
            _ = try await wire.partnerCenter.subscription("s1", ofCustomer: id)
        },
        SampleCall(
            "update subscription", .patch, "/v1/customers/{id}/subscriptions/s1",
            body: subscriptionAnswer.replacing(#""quantity":10"#, with: #""quantity":12"#),
            fields: keyed.merging(["If-Match": "e1=="]) { mine, _ in mine }, answer: subscriptionAnswer
        ) { wire, id in
            let subscription = try JSONDecoder().decode(
                PartnerCenter.Subscription.self, from: Data(subscriptionAnswer.utf8))
            var change = PartnerCenter.SubscriptionChange()
            change.quantity = 12
            _ = try await wire.partnerCenter.update(subscription, change, ofCustomer: id, requestID: key)
        },
        SampleCall(
            "subscription provisioning", .get, "/v1/customers/{id}/subscriptions/s1/provisioningstatus",
            answer: #"{"skuId":"k1","status":"success","quantity":"5","endDate":"2027-01-14T00:00:00Z"}"#
        ) { wire, id in _ = try await wire.partnerCenter.provisioningStatus(ofSubscription: "s1", ofCustomer: id) },
        SampleCall(
            "subscribed SKUs", .get,
            "/v1/customers/{id}/subscribedskus?licenseGroupIds=group1&licenseGroupIds=group2",
            answer:
                #"{"items":[{"availableUnits":4,"activeUnits":10,"consumedUnits":6,"totalUnits":10,"productSku":{"id":"p1","name":"Basic","licenseGroupId":"group1"},"capabilityStatus":"Enabled"}]}"#
        ) { wire, id in _ = try await wire.partnerCenter.subscribedSKUs(ofCustomer: id) },
    ]

    static let catalogueCalls = [
        SampleCall(
            "products", .get, "/v1/products?country=US&targetView=OnlineServices&targetSegment=commercial",
            answer:
                #"{"items":[{"id":"CFQ7","title":"Basic","productType":{"id":"OnlineServicesNCE"},"isMicrosoftProduct":true}]}"#
        ) { wire, _ in
            _ = try await wire.partnerCenter.products(.onlineServices, segment: .commercial, country: "US")
        },
        SampleCall(
            "SKUs for a customer", .get, "/v1/customers/{id}/products/CFQ7/skus?country=US",
            answer:
                #"{"items":[{"id":"0001","productId":"CFQ7","minimumQuantity":1,"maximumQuantity":300,"supportedBillingCycles":["annual","monthly"],"dynamicAttributes":{"provisioningId":"p1"}}]}"#
        ) { wire, id in
            _ = try await wire.partnerCenter.skus(ofProduct: "CFQ7", country: "US", forCustomer: id)
        },
        SampleCall(
            "availabilities", .get, "/v1/products/{id}/skus/0001/availabilities?country=US",
            answer:
                #"{"items":[{"id":"K971","catalogItemId":"CFQ7:0001:K971","defaultCurrency":{"code":"USD","symbol":"$"},"segment":"commercial","isPurchasable":true,"terms":[{"id":"t1","duration":"P1Y","billingCycle":"Annual"}]}]}"#
        ) { wire, id in _ = try await wire.partnerCenter.availabilities(ofProduct: id, sku: "0001", country: "US") },
    ]

    static let orderAnswer =
        #"{"id":"fa01","billingCycle":"monthly","currencyCode":"USD","lineItems":[{"lineItemNumber":0,"offerId":"CFQ7:0001:K971","subscriptionId":"s1","quantity":10}],"creationDate":"2026-01-15T17:31:00.0000000Z","status":"pending"}"#

    static let orderCalls = [
        SampleCall(
            "create cart", .post, "/v1/customers/{id}/carts",
            body:
                #"{"PartnerOnRecordAttestationAccepted":true,"lineItems":[{"id":0,"catalogItemId":"CFQ7:0001:K971","quantity":10,"billingCycle":"monthly","termDuration":"P1Y","provisioningContext":{}}]}"#,
            fields: keyed, status: .created,
            answer:
                #"{"id":"k1","status":"Active","expirationTimestamp":"2026-01-22T17:30:11.2406416Z","lineItems":[{"id":0,"quantity":10,"orderGroup":"0","error":{"errorCode":"CurrencyIsNotSupported","errorDescription":"no"}}]}"#
        ) { wire, id in
            let line = PartnerCenter.NewCart.Line(
                id: 0, catalogItemID: "CFQ7:0001:K971", quantity: 10, billingCycle: .monthly, termDuration: "P1Y")
            _ = try await wire.partnerCenter.createCart(
                PartnerCenter.NewCart([line]), forCustomer: id, requestID: key)
        },
        SampleCall(
            "checkout", .post, "/v1/customers/{id}/carts/k1/checkout", fields: keyed, status: .created,
            answer:
                #"{"orders":[\#(orderAnswer)],"orderErrors":[{"orderGroupId":"0","code":2091,"description":"gone"}]}"#
        ) { wire, id in _ = try await wire.partnerCenter.checkOut(cart: "k1", ofCustomer: id, requestID: key) },
        SampleCall("order", .get, "/v1/customers/{id}/orders/fa01", answer: orderAnswer) { wire, id in
            _ = try await wire.partnerCenter.order("fa01", ofCustomer: id)
        },
        SampleCall("orders", .get, "/v1/customers/{id}/orders", answer: #"{"items":[\#(orderAnswer)]}"#) { wire, id in
            _ = try await wire.partnerCenter.orders(ofCustomer: id)
        },
        SampleCall(
            "order provisioning", .get, "/v1/customers/{id}/orders/fa01/provisioningstatus",
            answer: #"{"items":[{"lineItemNumber":0,"status":"Fulfilled"}]}"#
        ) { wire, id in _ = try await wire.partnerCenter.provisioningStatus(ofOrder: "fa01", ofCustomer: id) },
    ]

    static let consentCalls = [
        SampleCall(
            "grant consent", .post, "/v1/customers/{id}/applicationconsents",
            body:
                #"{"applicationId":"app","displayName":"Portal","applicationGrants":[{"enterpriseApplicationId":"graph","scope":"User.Read.All, Group.Read.All"}]}"#,
            fields: keyed, status: .created, answer: #"{"applicationId":"app"}"#
        ) { wire, id in
            let consent = PartnerCenter.ApplicationConsent(
                applicationID: "app", displayName: "Portal", resourceID: "graph",
                scopes: ["User.Read.All", "Group.Read.All"])
            _ = try await wire.partnerCenter.grantConsent(consent, inCustomer: id, requestID: key)
        },
        SampleCall(
            "revoke consent", .delete, "/v1/customers/{id}/applicationconsents/app", fields: keyed, answer: ""
        ) { wire, id in
            _ = try await wire.partnerCenter.revokeConsent(ofApplication: "app", inCustomer: id, requestID: key)
        },
    ]

    static let usageCalls = [
        SampleCall(
            "Azure entitlements", .get, "/v1/customers/{id}/subscriptions/s2/azureEntitlements",
            answer: #"{"items":[{"id":"f1","friendlyName":"Production","status":"active","subscriptionId":"s2"}]}"#
        ) { wire, id in _ = try await wire.partnerCenter.azureEntitlements(ofPlan: "s2", ofCustomer: id) },
        SampleCall(
            "usage records", .get, "/v1/customers/{id}/subscriptions/usagerecords",
            answer:
                #"{"items":[{"id":"s2","totalCost":123.45,"currencyCode":"USD","usdTotalCost":"123.45","lastModifiedDate":"2026-01-16T08:00:00+00:00"}]}"#
        ) { wire, id in _ = try await wire.partnerCenter.usageRecords(ofCustomer: id) },
        SampleCall(
            "utilizations", .get,
            "/v1/customers/{id}/subscriptions/s2/utilizations/azure?start_time=2026-01-15T00%3A00%3A00Z&end_time=2026-01-16T00%3A00%3A00Z&granularity=Daily&show_details=true&size=1000",
            answer:
                #"{"items":[{"usageStartTime":"2026-01-15T00:00:00+00:00","usageEndTime":"2026-01-16T00:00:00+00:00","resource":{"id":"r1","name":"Storage"},"quantity":0.2177,"unit":"1 GB/Hr","instanceData":{"location":"westus"}}]}"#
        ) { wire, id in
            let interval = DateInterval(start: Date(timeIntervalSince1970: 1_768_435_200), duration: 86_400)
            _ = try await wire.partnerCenter.utilizations(
                ofSubscription: "s2", ofCustomer: id, in: interval, granularity: .daily, after: nil)
        },
    ]

    static let billingCalls = [
        SampleCall(
            "invoices", .get, "/v1/invoices?size=1&offset=0",
            answer:
                #"{"totalCount":2,"items":[{"id":"G1","invoiceDate":"2026-01-08T00:00:00Z","totalCharges":1234.56,"paidAmount":"0.0","currencyCode":"USD","documentType":"invoice","invoiceType":"OneTime"}],"links":{"next":{"uri":"/invoices?size=1&offset=1"}}}"#
        ) { wire, _ in _ = try await wire.partnerCenter.invoices(size: 1, after: nil) },
        SampleCall("invoice", .get, "/v1/invoices/{id}", answer: #"{"id":"G1","totalCharges":1}"#) { wire, id in
            _ = try await wire.partnerCenter.invoice(id)
        },
        SampleCall(
            "invoice summaries", .get, "/v1/invoices/summaries",
            answer:
                #"{"items":[{"balanceAmount":1234.56,"currencyCode":"USD","accountingDate":"2026-01-08T00:00:00","lastPaymentDate":"0001-01-01T00:00:00","lastPaymentAmount":0}]}"#
        ) { wire, _ in _ = try await wire.partnerCenter.invoiceSummaries() },
        SampleCall(
            "unbilled lines", .get,
            "/v1/invoices/unbilled/lineitems?provider=onetime&invoicelineitemtype=billinglineitems&currencycode=USD&period=current&size=2000",
            answer:
                #"{"items":[{"customerId":"org:c1","unitPrice":"4.8","quantity":"16","subtotal":48,"currency":"USD","orderDate":"2026-01-15T17:31:00.0000000Z"}]}"#
        ) { wire, _ in
            _ = try await wire.partnerCenter.unbilledLines(currencyCode: "USD", period: .current, after: nil)
        },
    ]

    static let registration = #"{"WebhookUrl":"https://portal.example/hooks","WebhookEvents":["test-created"]}"#

    static let webhookCalls = [
        SampleCall(
            "webhook events", .get, "/webhooks/v1/registration/events", answer: #"["test-created","new-one"]"#
        ) { wire, _ in _ = try await wire.partnerCenter.webhookEvents() },
        SampleCall("webhook registration", .get, "/webhooks/v1/registration", answer: registration) { wire, _ in
            _ = try await wire.partnerCenter.webhookRegistration()
        },
        SampleCall(
            "register webhook", .post, "/webhooks/v1/registration", body: registration, fields: keyed,
            answer:
                #"{"subscriberId":"e1","webhookUrl":"https://portal.example/hooks","webhookEvents":["test-created"]}"#
        ) { wire, _ in
            _ = try await wire.partnerCenter.registerWebhook(
                PartnerCenter.WebhookRegistration(url: "https://portal.example/hooks", events: [.test]),
                requestID: key)
        },
        SampleCall(
            "update webhook", .put, "/webhooks/v1/registration", body: registration, fields: keyed,
            answer: registration
        ) { wire, _ in
            _ = try await wire.partnerCenter.updateWebhook(
                PartnerCenter.WebhookRegistration(url: "https://portal.example/hooks", events: [.test]),
                requestID: key)
        },
        SampleCall(
            "request webhook validation", .post, "/webhooks/v1/registration/validationEvents", fields: keyed,
            answer: #"{"correlationId":"e2"}"#
        ) { wire, _ in _ = try await wire.partnerCenter.requestWebhookValidation(requestID: key) },
        SampleCall(
            "webhook validation", .get, "/webhooks/v1/registration/validationEvents/{id}",
            answer:
                #"{"correlationId":"e2","status":"completed","callbackUrl":"https://portal.example/hooks","results":[{"responseCode":"OK","responseMessage":"","systemError":false,"dateTimeUtc":"2026-01-15T21:39:48.2386997"}]}"#
        ) { wire, id in _ = try await wire.partnerCenter.webhookValidation(id) },
    ]
}
