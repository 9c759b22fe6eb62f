/// One line of a cart or of an order that is placed at once. Source: Microsoft Learn, "Cart resources".
struct CartLine: Codable, Sendable {
    /// What is wrong with a line of a cart that is made all the same.
    enum Problem: String, Codable, Sendable {
        case CurrencyIsNotSupported, CatalogItemIdIsNotValid, ParticipantsIsNotSupportedForPartner
        case UnableToProcessCartLineItem, SandboxLimitExceeded, AttestationNotAccepted
        case MaxAllowedSeatsPerSubscriptionExceeded

        var words: String {
            switch self {
            case .CurrencyIsNotSupported: "The currency is not supported for this customer."
            case .CatalogItemIdIsNotValid: "The catalog item is not valid."
            case .ParticipantsIsNotSupportedForPartner: "Participants are not supported for this partner."
            case .UnableToProcessCartLineItem: "The line item can't be bought by this customer."
            case .SandboxLimitExceeded: "The sandbox limit has been exceeded."
            case .AttestationNotAccepted: "The attestation has not been accepted."
            case .MaxAllowedSeatsPerSubscriptionExceeded: "More seats than a subscription may have."
            }
        }
    }

    let id: Int
    let catalogItemID: String
    let quantity: Int
    /// In lower snake case.
    let billingCycle: String
    let termDuration: String
    var friendlyName: String?
    let renewsToTerm: String?
    /// Of the line, or of the currency that was asked for.
    let currencyCode: String
    var problem: Problem?
    /// Lines of one group become one order.
    var orderGroup = "0"

    var item: CatalogueItem? { Catalogue.item(catalogItemID) }

    /// Throws 400 for what can be no line; what is wrong in another way is the line's ``problem``.
    init(_ body: PartnerCenterBody, number: Int, currency: String) throws(PartnerCenterFault) {
        id = try body.wholeNumber("id") ?? number
        guard let catalogItemID = try body.optionalText("catalogItemId", 1...200) else { throw .catalogItemMissing }
        self.catalogItemID = catalogItemID
        friendlyName = try body.optionalText("friendlyName", 1...256)
        let item = Catalogue.item(catalogItemID)
        guard let quantity = try body.wholeNumber("quantity"), (item?.quantities ?? 1...100_000).contains(quantity)
        else { throw .lineQuantity(id) }
        self.quantity = quantity
        let term = try body.optionalText("termDuration", 0...10)
        termDuration = term ?? item?.terms.first?.duration ?? ""
        billingCycle =
            try body.optionalText("billingCycle", 1...20)?.lowercased() ?? item?.terms.first?.billingCycles[0]
            ?? "monthly"
        renewsToTerm = body.has("renewsTo") ? try body.object("renewsTo").optionalText("termDuration", 0...10) : nil
        currencyCode = try body.optionalText("currencyCode", 3...3)?.uppercased() ?? currency
        if let item { try Self.check(item, termDuration, billingCycle) }
        if body.has("participants"), try !body.list("participants").isEmpty {
            problem = .ParticipantsIsNotSupportedForPartner
        }
        if try body.boolean("attestationAccepted") == false { problem = .AttestationNotAccepted }
        if currencyCode != currency { problem = .CurrencyIsNotSupported }
        if item == nil { problem = .CatalogItemIdIsNotValid }
    }

    private static func check(_ item: CatalogueItem, _ duration: String, _ cycle: String) throws(PartnerCenterFault) {
        guard let term = item.terms.first(where: { $0.duration == duration }) else { throw .termInvalid }
        guard ["monthly", "annual", "triennial", "biennial", "one_time", "none"].contains(cycle) else {
            throw .billingCycleInvalid
        }
        guard term.billingCycles.contains(cycle) else { throw .billingCycleTooLong }
    }

    var json: JSON {
        [
            "id": .integer(id), "catalogItemId": .string(catalogItemID), "friendlyName": .optional(friendlyName),
            "quantity": .integer(quantity), "billingCycle": .string(billingCycle),
            "termDuration": .string(termDuration), "provisioningContext": [:],
            "renewsTo": renewsToTerm.map { ["termDuration": .string($0)] } ?? .absent,
            "currencyCode": .string(currencyCode), "orderGroup": problem == nil ? .string(orderGroup) : .absent,
            "error": problem.map {
                ["errorCode": .string($0.rawValue), "errorDescription": .string($0.words)]
            } ?? .absent,
        ]
    }
}
