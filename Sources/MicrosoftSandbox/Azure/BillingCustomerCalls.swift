import Foundation

/// The customers of a partner's billing account. Source: Microsoft Learn, "Customers - List By Billing Account".
struct BillingCustomerCalls {
    let call: AzureCall

    private struct Continuation: Codable {
        let account: String
        let position: Int
    }

    private enum Expansion: String, CaseIterable {
        case enabledAzurePlans, resellers
    }

    private static let usualPage = 100

    func list() throws -> AzureAnswer {
        let account = try call.billingAccount(call.parameter("account"))
        let expansions = try expansions()
        let start = try position(account)
        let customers = account.partner.customers
        let end = min(customers.count, start + min(Self.usualPage, max(1, call.sandbox.configuration.largestPage)))
        let items = customers.dropFirst(start).prefix(max(0, end - start)).map { json($0, account, expansions) }
        let next = end < customers.count ? try nextLink(account, from: start, to: end) : nil
        return AzureAnswer(json: ["value": .array(items), "nextLink": .optional(next)])
    }

    func read() throws -> AzureAnswer {
        let account = try call.billingAccount(call.parameter("account"))
        let customer = try call.customer(call.parameter("customer"), of: account)
        return AzureAnswer(json: json(customer, account, try expansions()))
    }

    private func json(_ customer: Customer, _ account: BillingAccount, _ expansions: Set<Expansion>) -> JSON {
        let plans: JSON =
            call.sandbox.hasAzurePlan(customer)
            ? [["skuId": "0001", "skuDescription": "Microsoft Azure Plan"]] : []
        let reseller: JSON = [
            "resellerId": .string(account.partner.partnerID), "description": .string(account.partner.name),
        ]
        return account.json(
            customer, plans: expansions.contains(.enabledAzurePlans) ? plans : .absent,
            resellers: expansions.contains(.resellers) ? [reseller] : .absent)
    }

    private func expansions() throws(AzureFault) -> Set<Expansion> {
        var expansions: Set<Expansion> = []
        for name in call.query["$expand"]?.split(separator: ",") ?? [] {
            let name = String(name).trimming().split(separator: "/").last.map(String.init) ?? ""
            guard let expansion = Expansion(rawValue: name) else {
                throw .wrong("The $expand must be enabledAzurePlans or resellers.")
            }
            expansions.insert(expansion)
        }
        return expansions
    }

    private func position(_ account: BillingAccount) throws(AzureFault) -> Int {
        guard let text = call.query["$skiptoken"] else { return 0 }
        guard let continuation: Continuation = Sealer(call.sandbox.store).open(text, as: .continuation),
            continuation.account == account.name
        else { throw .wrong("The $skiptoken is not valid.") }
        return continuation.position
    }

    private func nextLink(_ account: BillingAccount, from start: Int, to end: Int) throws -> String {
        var base = call.sandbox.configuration.base
        var position = end
        if let fault = call.sandbox.faults.take(.billingCustomers, [.pageLoop, .pageOverlap, .nextLinkElsewhere]) {
            call.context.note.add("fault: \(fault.kind.rawValue)")
            switch fault.kind {
            case .pageLoop: position = start
            case .pageOverlap: position = max(0, end - 1)
            default: base = fault.elsewhere
            }
        }
        let token = try Sealer(call.sandbox.store).seal(
            Continuation(account: account.name, position: position), as: .continuation)
        let expansion = call.query["$expand"].map { "&$expand=\($0.percentEncoded)" } ?? ""
        return "\(base)/azure\(account.path)/customers?api-version=\(call.version)\(expansion)&$skiptoken=\(token)"
    }
}
