/// The `{tenant}` of an address: one directory, or `common` and `organizations`, where the account decides.
enum TenantSegment: Sendable {
    case directory(Directory)
    case any(String)

    init?(_ text: String, in world: World) {
        switch text.lowercased() {
        case "common", "organizations": self = .any(text.lowercased())
        case let name:
            guard let directory = world.directory(named: name) else { return nil }
            self = .directory(directory)
        }
    }

    /// As it stands in issuers: an id, or the literal `{tenantid}`.
    var issuerPart: String {
        switch self {
        case .directory(let directory): directory.id
        case .any: "{tenantid}"
        }
    }

    /// As it stands in endpoint addresses.
    var pathPart: String {
        switch self {
        case .directory(let directory): directory.id
        case .any(let name): name
        }
    }

    func admits(tenantID: String) -> Bool {
        switch self {
        case .directory(let directory): directory.id == tenantID
        case .any: true
        }
    }

    /// For pages.
    var name: String {
        switch self {
        case .directory(let directory): directory.name
        case .any: "any organization"
        }
    }
}
