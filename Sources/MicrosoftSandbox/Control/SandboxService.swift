/// The first part of a path: Microsoft's four services, and the pages where a customer's administrator answers partners.
public enum SandboxService: String, Sendable, CaseIterable, Codable {
    case entra, partnercenter, graph, azure, admin
}
