/// What a partner sends to create a customer. Source: Microsoft Learn, "Create a customer".
struct CustomerProfile: Codable, Sendable {
    struct Address: Codable, Sendable {
        /// Two letters.
        var country: String
        var city: String
        var state: String
        var line1: String
        var line2: String?
        var postalCode: String
        var firstName: String?
        var lastName: String?
        var phoneNumber: String

        init(_ body: PartnerCenterBody) throws(PartnerCenterFault) {
            let country = try body.text("country", 2...2).uppercased()
            guard country.allSatisfy({ $0.isASCII && $0.isLetter }) else { throw body.refusal("country") }
            self.country = country
            city = try body.text("city", 1...100)
            state = try body.optionalText("state", 0...2) ?? ""
            line1 = try body.text("addressLine1", 1...200)
            line2 = try body.optionalText("addressLine2", 0...200)
            postalCode = try body.optionalText("postalCode", 0...20) ?? ""
            firstName = try body.optionalText("firstName", 1...50)
            lastName = try body.optionalText("lastName", 1...50)
            phoneNumber = try body.optionalText("phoneNumber", 0...40) ?? ""
        }
    }

    let domain: String
    let companyName: String
    let email: String
    let culture: String
    let language: String
    let registrationNumber: String?
    let address: Address
    /// Counts as true when it isn't sent. Source: Microsoft Learn, "GDAP frequently asked questions".
    let enableGDAPByDefault: Bool

    init(_ body: PartnerCenterBody) throws(PartnerCenterFault) {
        let company = try body.object("companyProfile")
        let billing = try body.object("billingProfile")
        domain = try company.text("domain", 1...64).lowercased()
        guard Self.isInitialDomain(domain) else { throw company.refusal("domain") }
        email = try billing.text("email", 3...254)
        guard email.contains("@") else { throw billing.refusal("email") }
        culture = try billing.text("culture", 2...20)
        language = try billing.text("language", 2...20)
        companyName = try billing.text("companyName", 1...256)
        address = try Address(try billing.object("defaultAddress"))
        enableGDAPByDefault = try body.boolean("enableGDAPByDefault") ?? true
        registrationNumber = try company.optionalText("organizationRegistrationNumber", 0...100)
        try checkRegistration()
    }

    var prefix: String { String(domain.prefix { $0 != "." }) }

    /// `….onmicrosoft.com` with 1 to 27 letters and digits before it.
    private static func isInitialDomain(_ domain: String) -> Bool {
        let suffix = ".onmicrosoft.com"
        let prefix = domain.dropLast(suffix.count)
        return domain.hasSuffix(suffix) && (1...27).contains(prefix.count)
            && prefix.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
    }

    /// Where companies must give the number of their registration, and a telephone number.
    private static let registeringCountries: Set<String> = [
        "AM", "AZ", "BY", "HU", "KZ", "KG", "MD", "RU", "TJ", "UZ", "UA", "BR", "IN", "ZA", "PL", "AE", "SA", "TR",
        "TH",
        "VN", "MM", "IQ", "SS", "VE",
    ]

    /// Microsoft documents one pattern, as an example; here it is every country's.
    private static let registrationFormat = "^(\\d{7}|\\d{10})$"

    private func checkRegistration() throws(PartnerCenterFault) {
        let number = registrationNumber ?? ""
        guard Self.registeringCountries.contains(address.country) else {
            if !number.isEmpty { throw .registrationNumberNotSupported }
            return
        }
        if number.isEmpty { throw .registrationNumberMissing }
        guard number.utf8.allSatisfy({ (0x30...0x39).contains($0) }), [7, 10].contains(number.utf8.count) else {
            throw .registrationNumberInvalid(format: Self.registrationFormat)
        }
        if address.phoneNumber.isEmpty { throw .phoneNumberMissing }
    }
}
