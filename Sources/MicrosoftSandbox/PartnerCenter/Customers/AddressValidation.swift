/// Checks an address; the answer is always 200, and which status it says follows from the address: see ``status``.
/// Source: Microsoft Learn, "Validate an address".
struct AddressValidation {
    enum Status: String, CaseIterable {
        case VerifiedShippable, Verified, InteractionRequired, StreetPartial, PremisesPartial, Multiple, None,
            NotValidated
    }

    private let country: String
    private let line1: String
    private let line2: String?
    private let city: String
    private let state: String
    private let postalCode: String

    init(_ call: PartnerCenterCall) throws(PartnerCenterFault) {
        let country = try call.body.text("country", 2...2).uppercased()
        guard country.allSatisfy({ $0.isASCII && $0.isLetter }) else { throw call.body.refusal("country") }
        self.country = country
        line1 = try call.body.text("addressLine1", 1...200)
        line2 = try call.body.optionalText("addressLine2", 0...200)
        city = try call.body.optionalText("city", 0...100) ?? ""
        state = try call.body.optionalText("state", 0...2) ?? ""
        postalCode = try call.body.optionalText("postalCode", 0...20) ?? ""
    }

    /// By words that a test can write: a street without a number, number 0, a suite without a number, a post office
    /// box, the city Springfield, the street Nowhere, a country of which nothing is known.
    private var status: Status {
        let street = line1.lowercased()
        guard Country(rawValue: country) != nil else { return .NotValidated }
        if street.contains("nowhere") { return .None }
        if street.hasPrefix("0 ") { return .PremisesPartial }
        if street.hasPrefix("po box") { return .Verified }
        if city.lowercased() == "springfield" { return .Multiple }
        if (line2 ?? line1).lowercased().hasSuffix("suite") { return .InteractionRequired }
        return line1.contains(where: \.isNumber) ? .VerifiedShippable : .StreetPartial
    }

    func answer() -> PartnerCenterAnswer {
        let status = status
        return PartnerCenterAnswer(json: [
            "originalAddress": address(postalCode: postalCode),
            "suggestedAddresses": .array(suggestions(for: status)),
            "status": .string(status.rawValue),
            "validationMessage": .optional(Self.message(for: status)),
        ])
    }

    private func suggestions(for status: Status) -> [JSON] {
        let places = country == "US" && !postalCode.contains("-") ? ["-0001", "-0002"] : [""]
        switch status {
        case .VerifiedShippable, .Verified: return [address(postalCode: postalCode + places[0])]
        case .InteractionRequired, .Multiple: return places.map { address(postalCode: postalCode + $0) }
        case .StreetPartial, .PremisesPartial, .None, .NotValidated: return []
        }
    }

    private func address(postalCode: String) -> JSON {
        [
            "country": .string(country), "city": .string(city), "state": .string(state),
            "addressLine1": .string(line1), "addressLine2": .optional(line2), "postalCode": .string(postalCode),
        ]
    }

    private static func message(for status: Status) -> String? {
        switch status {
        case .StreetPartial, .PremisesPartial, .None:
            "Address field invalid for property: 'Region', 'PostalCode', 'City'"
        case .InteractionRequired, .Multiple: "Address field invalid for property: 'AddressLine1'"
        case .VerifiedShippable, .Verified, .NotValidated: nil
        }
    }
}
