/// A call of a service that faults can be turned on for.
public enum ServiceCall: String, Sendable, CaseIterable, Codable {
    case discovery, keys, authorize, signin, token
    case customers, customer, profile, invoices

    public var service: SandboxService {
        switch self {
        case .discovery, .keys, .authorize, .signin, .token: .entra
        case .customers, .customer, .profile, .invoices: .partnercenter
        }
    }
}
