import Foundation

/// What a customer had bought on the first day: follows from the seed and the customer's number alone. The first three
/// customers of every partner are the same in each world, so that examples and tests have something to hold on to: one
/// with licences and an Azure plan, one with several of everything, one school.
struct GeneratedSubscriptions {
    let customer: Customer
    let seed: UInt64

    /// A stream of its own, so that what else is invented about the customer stays as it is.
    private static let salt: UInt64 = 0x5355_4253_4352_4942

    var all: [Subscription] {
        switch customer.number {
        case 1: build([.init(.businessBasic, 10, autoRenews: true), .init(azure: .azurePlan)])
        case 2: build(Self.exampleOfEverything)
        case 3:
            build([
                .init(.educationA1, 120, autoRenews: true), .init(.minecraft, 15, autoRenews: true),
                .init(azure: .legacyAzure),
            ])
        default: build(random())
        }
    }

    private static let exampleOfEverything: [Purchase] = [
        .init(.businessPremium, 25, autoRenews: true), .init(.exchangeOnline, 5, status: .suspended),
        .init(.powerBI, 3, autoRenews: false), .init(.businessBasic, 25, isTrial: true),
        .init(.visio, 2, status: .deleted), .init(.exchangeOnline, 4, autoRenews: true), .init(azure: .azurePlan),
        .init(azure: .azurePlan, status: .suspended),
    ]

    private struct Purchase {
        var licence: LicenceProduct?
        var kind = Subscription.Kind.licence
        var quantity = 1
        var status = Subscription.Status.active
        var autoRenews = true
        var isTrial = false

        init(
            _ licence: LicenceProduct, _ quantity: Int, status: Subscription.Status = .active, autoRenews: Bool = true,
            isTrial: Bool = false
        ) {
            (self.licence, self.quantity, self.status) = (licence, quantity, status)
            (self.autoRenews, self.isTrial) = (autoRenews, isTrial)
        }

        init(azure kind: Subscription.Kind, status: Subscription.Status = .active) {
            (self.kind, self.status) = (kind, status)
        }
    }

    private func random() -> [Purchase] {
        var random = SplitMix64(seed: seed ^ Self.salt, stream: UInt64(customer.number))
        let licences: [LicenceProduct] = [
            .businessBasic, .businessStandard, .businessPremium, .exchangeOnline, .e3, .e5, .powerBI, .visio,
        ]
        var purchases: [Purchase] = []
        for _ in 0..<(1 + random.next(below: 4)) {
            let licence = random.pick(of: licences)
            let quantity = 1 + random.next(below: random.next(below: 10) == 0 ? 240 : 40)
            let statuses: [Subscription.Status] = [
                .active, .active, .active, .active, .active, .active, .active, .suspended, .deleted, .disabled,
            ]
            purchases.append(
                Purchase(
                    licence, quantity, status: random.pick(of: statuses), autoRenews: random.next(below: 4) > 0))
        }
        if random.next(below: 6) == 0 { purchases.append(Purchase(.businessBasic, 25, isTrial: true)) }
        // A twin: the same offer bought twice.
        if random.next(below: 5) == 0 { purchases.append(purchases[0]) }
        if random.next(below: 20) == 0 { purchases.append(Purchase(.powerBI, 5, status: .pending)) }
        switch random.next(below: 10) {
        case 0...3: purchases.append(Purchase(azure: .azurePlan))
        case 4: purchases.append(Purchase(azure: .legacyAzure))
        default: break
        }
        return purchases
    }

    private func build(_ purchases: [Purchase]) -> [Subscription] {
        var random = SplitMix64(seed: seed ^ Self.salt &+ 1, stream: UInt64(customer.number))
        return purchases.enumerated().map { index, purchase in
            subscription(purchase, number: index + 1, &random)
        }
    }

    /// 2024-01-01 to 2025-12-26, with seven digits of a second.
    private func creation(_ random: inout SplitMix64) -> Date {
        let seconds = random.next(below: 725 * 86400)
        return Date(
            timeIntervalSince1970: 1_704_067_200 + Double(seconds) + Double(random.next(below: 9_999_999)) / 1e7)
    }

    private func subscription(_ purchase: Purchase, number: Int, _ random: inout SplitMix64) -> Subscription {
        let createdAt = creation(&random)
        let item = purchase.licence.flatMap { licence in
            Catalogue.items.first { $0.licence?.skuID == licence.skuID && $0.isTrial == purchase.isTrial }
        }
        let isPlan = purchase.kind == .azurePlan
        let offerID = item?.id ?? (isPlan ? Catalogue.azurePlan.id : "MS-AZR-0145P")
        let name = item?.title ?? (isPlan ? "Azure plan" : "Microsoft Azure")
        let term = purchase.isTrial ? "P1M" : item == nil ? "" : random.pick(of: ["P1M", "P1Y", "P1Y", "P1Y", "P3Y"])
        let ends = purchase.isTrial || !purchase.autoRenews
        return Subscription(
            id: customer.id(of: "5" + padded(number, to: 3)), customerID: customer.id, kind: purchase.kind,
            offerID: offerID, offerName: name, friendlyName: name, quantity: purchase.quantity,
            setStatus: purchase.status,
            billingCycle: term == "P1Y" && random.next(below: 3) == 0 ? "annual" : "monthly",
            termDuration: term,
            endsAt: ends
                ? Subscription.calendar.date(
                    byAdding: .month, value: Subscription.months(of: term),
                    to: Subscription.calendar.startOfDay(for: createdAt)) : nil,
            isTrial: purchase.isTrial, orderID: customer.orderID(number), createdAt: createdAt,
            provisionedAt: .distantPast,
            entitlementID: purchase.kind == .legacyAzure ? customer.azureID(below: number, 1) : nil, number: number)
    }
}

extension Customer {
    /// Of the subscription in Azure with this place, from 1 to 9, below a subscription.
    func azureID(below number: Int, _ place: Int) -> String { id(of: "a\(padded(number % 100, to: 2))\(place)") }

    /// Twelve hexadecimal digits, as orders have them; `number` has at most three.
    func orderID(_ number: Int) -> String { "\(id.prefix(2))\(padded(number, to: 3))\(id.suffix(7))" }
}
