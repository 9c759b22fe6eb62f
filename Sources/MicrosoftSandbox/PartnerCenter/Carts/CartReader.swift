/// Reads the lines of a cart and finds what this customer can't buy.
struct CartReader {
    let call: PartnerCenterCall
    let customer: Customer

    private static let mostLines = 100
    private static let mostSeatsInSandbox = 25
    private static let mostSubscriptionsInSandbox = 5

    func lines(_ bodies: [PartnerCenterBody]) throws(PartnerCenterFault) -> [CartLine] {
        guard (1...Self.mostLines).contains(bodies.count) else { throw .cartItems }
        let currency = Currency(country: call.sandbox.countryCode(of: customer)).code
        var lines: [CartLine] = []
        for (number, body) in bodies.enumerated() {
            lines.append(try CartLine(body, number: number, currency: currency))
        }
        guard Set(lines.map(\.id)).count == lines.count, lines.allSatisfy({ $0.id >= 0 }) else { throw .cartItems }
        var cycles: [String] = []
        for index in lines.indices {
            lines[index].problem = lines[index].problem ?? problem(of: lines[index], count: lines.count)
            if !cycles.contains(lines[index].billingCycle) { cycles.append(lines[index].billingCycle) }
            lines[index].orderGroup = String(cycles.firstIndex(of: lines[index].billingCycle) ?? 0)
        }
        return lines
    }

    private func problem(of line: CartLine, count: Int) -> CartLine.Problem? {
        guard let item = line.item else { return .CatalogItemIdIsNotValid }
        guard customer.segments.contains(item.segment) else { return .UnableToProcessCartLineItem }
        let subscriptions = call.sandbox.subscriptions(of: customer)
        let living = subscriptions.filter { [.active, .suspended, .pending].contains($0.status(at: call.now)) }
        // One plan a customer, and none beside a legacy subscription.
        if item.kind == .azurePlan, living.contains(where: \.isAzure) { return .UnableToProcessCartLineItem }
        guard call.sandbox.store.read({ $0.commerce.isIntegrationSandbox }) else { return nil }
        if line.quantity > Self.mostSeatsInSandbox { return .MaxAllowedSeatsPerSubscriptionExceeded }
        return living.count + count > Self.mostSubscriptionsInSandbox ? .SandboxLimitExceeded : nil
    }
}
