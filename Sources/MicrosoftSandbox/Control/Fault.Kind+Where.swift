/// Where a fault can strike, and in which forms: one that never could would wait for ever.
extension Fault.Kind {
    var services: [SandboxService] {
        switch self {
        case .throttle, .serverError: [.entra, .partnercenter, .graph, .azure]
        case .mfaClaimMissing: [.entra, .partnercenter, .graph]
        case .tokenRevoked: [.entra, .partnercenter, .graph, .azure]
        case .refusal: [.entra, .partnercenter, .graph]
        case .tokenAnswer: [.entra]
        case .pageLoop, .pageOverlap, .nextLinkElsewhere: [.partnercenter, .graph, .azure]
        case .slow, .drip, .reset, .truncated, .wrongBody, .redirect, .clockOff: SandboxService.allCases
        }
    }

    /// Nil where any text will do.
    var forms: [String]? {
        switch self {
        case .wrongBody: WrongBody.allCases.map(\.rawValue)
        case .tokenAnswer: SpoiledTokenAnswer.allCases.map(\.rawValue)
        default: nil
        }
    }
}
