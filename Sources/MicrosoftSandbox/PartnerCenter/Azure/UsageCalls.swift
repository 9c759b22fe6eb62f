import Foundation

/// Azure's cost of the running month: of all customers, of one, of a subscription, by meter. Source: Microsoft Learn,
/// "Get usage records for all customers", "Get a customer subscription's usage records", "Get usage data for
/// subscription by meter" and "Get a usage summary for all of a customer's subscriptions".
struct UsageCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    /// Of every customer that has Azure.
    func ofCustomers() throws -> PartnerCenterAnswer {
        let size = try call.query.number("size") ?? call.sandbox.configuration.largestPage
        guard size > 0 else { throw PartnerCenterFault.invalidProperty("size") }
        let customers = call.partner.customers
        return try SeekPage(call: call, uri: "/customers/usagerecords?size=\(size)").answer(
            outerCount: customers.count, size: min(size, call.sandbox.configuration.largestPage)
        ) { place in
            let customer = customers[place]
            let usage = usage(of: customer)
            return usage.isEmpty ? [] : [record(of: customer, usage)]
        }
    }

    func ofSubscriptions() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        return .collection(
            usage(of: customer).map { record(of: $0, customer) },
            at: "/customers/\(customer.id)/subscriptions/usagerecords")
    }

    /// Also called meters' records, under the newer address, where a plan's have other names.
    func ofResources() throws -> PartnerCenterAnswer {
        let (usage, customer) = try ofSubscription()
        let uri = "/customers/\(customer.id)/subscriptions/\(usage.subscription.id)/usagerecords/resources"
        return .collection(usage.meters.map { resource($0, usage, customer) }, at: uri)
    }

    func ofMeters() throws -> PartnerCenterAnswer {
        let (usage, customer) = try ofSubscription()
        let uri = "/customers/\(customer.id)/subscriptions/\(usage.subscription.id)/meterusagerecords"
        guard usage.subscription.kind == .azurePlan else {
            return .collection([record(of: usage, customer)], at: uri)
        }
        return .collection(usage.meters.map { meter($0, usage, customer) }, at: uri)
    }

    func summary() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        let cost = usage(of: customer).map { $0.costOfMonth(at: call.now) }.reduce(0, +)
        let month = Subscription.calendar.dateInterval(of: .month, for: call.now)
        return PartnerCenterAnswer(json: [
            "budget": budgetJSON(of: customer), "resourceId": .string(customer.id),
            "resourceName": .string(customer.name),
            "billingStartDate": PartnerCenterDate.offset(month?.start ?? call.now),
            "billingEndDate": PartnerCenterDate.offset(month?.end ?? call.now),
            "totalCost": .amount(minor: cost), "currencyCode": .string(currency(of: customer).code),
            "usdTotalCost": .amount(minor: cost), "lastModifiedDate": PartnerCenterDate.offset(call.now),
            "links": PartnerCenterLink.own("/customers/\(customer.id)/usagesummary"),
            "attributes": ["objectType": "CustomerUsageSummary"],
        ])
    }

    func budget() throws -> PartnerCenterAnswer { PartnerCenterAnswer(json: budgetJSON(of: try call.customer())) }

    /// Null takes the budget away. Source: Microsoft Learn, "Update a customer's usage spending budget".
    func setBudget() throws -> PartnerCenterAnswer {
        let customer = try call.customer()
        var minor: Int?
        switch call.body.json["amount"] {
        case .null: break
        case .integer(let amount) where (0...1_000_000_000).contains(amount): minor = amount * 100
        case .number(let amount) where amount >= 0 && amount <= 1e9: minor = Int((amount * 100).rounded())
        default: throw PartnerCenterFault.invalidProperty("amount")
        }
        let amount = minor
        let change = AuditRecord.Change("update_customer_spending_budget", "customer", customer: customer)
        try call.change("usage budget of customer \(customer.id) set", change) { state in
            state.commerce.budgets[customer.id] = amount
        }
        return PartnerCenterAnswer(json: budgetJSON(of: customer))
    }

    private func usage(of customer: Customer) -> [AzureUsage] {
        call.sandbox.subscriptions(of: customer).filter { subscription in
            subscription.isAzure && [.active, .suspended].contains(subscription.status(at: call.now))
        }.map(AzureUsage.init)
    }

    private func ofSubscription() throws(PartnerCenterFault) -> (AzureUsage, Customer) {
        let (subscription, customer) = try call.subscription()
        guard subscription.isAzure else { throw .notAzure }
        return (AzureUsage(subscription: subscription), customer)
    }

    private func currency(of customer: Customer) -> Currency {
        Currency(country: call.sandbox.countryCode(of: customer))
    }

    private func budgetJSON(of customer: Customer) -> JSON {
        let budget = call.sandbox.store.read { $0.commerce.budgets[customer.id] }
        return ["amount": budget.map { .amount(minor: $0) } ?? .null, "attributes": ["objectType": "SpendingBudget"]]
    }

    private func record(of customer: Customer, _ usage: [AzureUsage]) -> JSON {
        let cost = usage.map { $0.costOfMonth(at: call.now) }.reduce(0, +)
        return [
            "budget": budgetJSON(of: customer), "percentUsed": 0, "resourceId": .string(customer.id),
            "resourceName": .string(customer.name), "id": .string(customer.id), "name": .string(customer.name),
            "totalCost": .amount(minor: cost), "currencyCode": .string(currency(of: customer).code),
            "usdTotalCost": .amount(minor: cost),
            "isUpgraded": .bool(usage.allSatisfy { $0.subscription.kind == .azurePlan }),
            "lastModifiedDate": PartnerCenterDate.offset(call.now),
            "links": PartnerCenterLink.own("/customers/\(customer.id)/usagesummary"),
            "attributes": ["objectType": "CustomerMonthlyUsageRecord"],
        ]
    }

    /// A plan's says `currencyCode`, a legacy subscription's `currencyLocale` alone.
    private func record(of usage: AzureUsage, _ customer: Customer) -> JSON {
        let subscription = usage.subscription
        let isPlan = subscription.kind == .azurePlan
        let cost = usage.costOfMonth(at: call.now)
        return [
            "status": .string(subscription.status(at: call.now).rawValue),
            "offerId": isPlan ? .absent : .string(subscription.offerID), "resourceId": .string(subscription.id),
            "id": .string(subscription.id), "resourceName": .string(subscription.friendlyName),
            "name": .string(subscription.friendlyName), "totalCost": .amount(minor: cost),
            "currencyLocale": .string(customer.country.culture),
            "currencyCode": isPlan ? .string(currency(of: customer).code) : .absent,
            "usdTotalCost": .amount(minor: isPlan ? cost : 0), "isUpgraded": .bool(isPlan),
            "partnerOnRecord": .string(call.partner.partnerID),
            "lastModifiedDate": PartnerCenterDate.offset(call.now),
            "links": PartnerCenterLink.own(
                "/customers/\(customer.id)/subscriptions/\(subscription.id)/usagerecords/resources"),
            "attributes": ["objectType": "SubscriptionMonthlyUsageRecord"],
        ]
    }

    private func resource(_ meter: AzureUsage.Meter, _ usage: AzureUsage, _ customer: Customer) -> JSON {
        let days = usage.days(at: call.now)
        return [
            "category": .string(meter.category), "subcategory": .string(meter.subcategory),
            "quantityUsed": .number(Double(meter.daily * days) / 10_000), "unit": .string(meter.unit),
            "id": .string(meter.id), "name": .string(meter.name), "totalCost": .amount(minor: meter.cost * days),
            "currencyLocale": .string(customer.country.culture),
            "attributes": ["objectType": "AzureResourceMonthlyUsageRecord"],
        ]
    }

    private func meter(_ meter: AzureUsage.Meter, _ usage: AzureUsage, _ customer: Customer) -> JSON {
        let days = usage.days(at: call.now)
        let cost = JSON.amount(minor: meter.cost * days)
        return [
            "subscriptionId": .string(usage.subscription.id), "meterId": .string(meter.planID),
            "meterName": .string(meter.name), "category": .string(meter.category),
            "subcategory": .string(meter.subcategory),
            "quantityUsed": .number(Double(meter.daily * days) / 10_000), "unit": .string(meter.unit),
            "totalCost": cost, "currencyCode": .string(currency(of: customer).code), "usdTotalCost": cost,
            "lastModifiedDate": PartnerCenterDate.offset(call.now), "attributes": ["objectType": "MeterUsageRecord"],
        ]
    }
}
