/// One delegated permission on one API, or `.default`.
struct ResourceScope: Codable, Hashable, Sendable {
    let resource: Resource
    let value: String

    static let everything = ".default"

    /// As it stands in requests and answers: the API's identifier, a slash, the permission.
    var text: String { "\(resource.identifier)/\(value)" }

    /// What the consent page says.
    var words: String { resource.permissions.first { $0.value == value }?.words ?? value }

    /// Whether only an administrator may consent to it.
    var needsAdministrator: Bool { resource.permissions.first { $0.value == value }?.needsAdministrator ?? true }
}
