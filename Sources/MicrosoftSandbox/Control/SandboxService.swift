/// The first part of a path.
public enum SandboxService: String, Sendable, CaseIterable, Codable {
    case entra, partnercenter, graph, azure
}
