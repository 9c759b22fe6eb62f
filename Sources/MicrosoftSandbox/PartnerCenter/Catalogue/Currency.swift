/// What a country's customers are billed in.
struct Currency: Sendable, Equatable {
    let code: String
    let symbol: String

    init(country: String) {
        (code, symbol) =
            switch country {
            case "DE", "FR", "GR", "IE", "AT", "NL", "IT", "ES": ("EUR", "€")
            case "GB": ("GBP", "£")
            case "JP": ("JPY", "¥")
            case "CA": ("CAD", "$")
            case "KR": ("KRW", "₩")
            case "PL": ("PLN", "zł")
            default: ("USD", "$")
            }
    }
}
