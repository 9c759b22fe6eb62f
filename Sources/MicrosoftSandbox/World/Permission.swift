/// A delegated permission of an API: what an application may do as the person who is signed in.
struct DelegatedPermission: Sendable {
    let value: String
    /// What the consent page says of it.
    let words: String
    /// Whether only an administrator may consent to it.
    let needsAdministrator: Bool

    init(_ value: String, _ words: String, needsAdministrator: Bool = true) {
        self.value = value
        self.words = words
        self.needsAdministrator = needsAdministrator
    }
}

/// An application permission (app role) of an API: what an application may do without anybody. Only administrators consent
/// to them.
struct ApplicationPermission: Codable, Hashable, Sendable {
    let resource: Resource
    let value: String

    /// The id of the app role, which is what an assignment names it by.
    var id: String { resource.roles.first { $0.value == value }?.id ?? "" }
    var words: String { resource.roles.first { $0.value == value }?.words ?? value }
}
