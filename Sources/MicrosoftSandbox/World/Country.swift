/// Where an invented company sits: one made-up address each.
enum Country: String, Sendable, Codable, CaseIterable {
    case US, DE, GB, FR, JP, GR, PL, CA, IE, AE, IL, KR

    var culture: String {
        switch self {
        case .US: "en-US"
        case .DE: "de-DE"
        case .GB: "en-GB"
        case .FR: "fr-FR"
        case .JP: "ja-JP"
        case .GR: "el-GR"
        case .PL: "pl-PL"
        case .CA: "en-CA"
        case .IE: "en-IE"
        case .AE: "ar-AE"
        case .IL: "he-IL"
        case .KR: "ko-KR"
        }
    }

    var language: String { String(culture.prefix(2)) }

    /// City, state where addresses have one, and postal code.
    var place: (city: String, state: String?, postalCode: String) {
        switch self {
        case .US: ("Seattle", "WA", "98101")
        case .DE: ("Bremen", nil, "28195")
        case .GB: ("Leeds", nil, "LS1 4AP")
        case .FR: ("Nantes", nil, "44000")
        case .JP: ("札幌市", nil, "060-0001")
        case .GR: ("Πάτρα", nil, "262 21")
        case .PL: ("Gdańsk", nil, "80-831")
        case .CA: ("Halifax", "NS", "B3J 1A1")
        case .IE: ("Galway", nil, "H91 A2C3")
        case .AE: ("Dubai", nil, "00000")
        case .IL: ("Haifa", nil, "3100001")
        case .KR: ("부산광역시", nil, "48058")
        }
    }
}
