/// One delegated permission on one API, or `.default`: all that the application is registered with there.
struct ResourceScope: Codable, Hashable, Sendable {
    let resource: Resource
    let value: String

    static let everything = ".default"

    /// As it stands in requests and answers: the API's identifier, a slash, the permission.
    var text: String { "\(resource.identifier)/\(value)" }

    /// The permissions behind `.default`, or itself.
    var expanded: [ResourceScope] {
        value == Self.everything
            ? resource.permissions.map { ResourceScope(resource: resource, value: $0.value) } : [self]
    }

    /// What the consent page says.
    var words: String { resource.permissions.first { $0.value == value }?.words ?? value }

    /// Whether only an administrator may consent to it.
    var needsAdministrator: Bool { resource.permissions.first { $0.value == value }?.needsAdministrator ?? true }
}
