/// What spoils a token answer: the forms of the fault `tokenAnswer`.
enum SpoiledTokenAnswer: String, CaseIterable {
    case noRefreshToken, otherScope, otherTenant, expiresInZero, expiresInNegative, expiresInHuge

    var expiresIn: Int? {
        switch self {
        case .expiresInZero: 0
        case .expiresInNegative: -1
        case .expiresInHuge: 9_007_199_254_740_993
        default: nil
        }
    }
}
