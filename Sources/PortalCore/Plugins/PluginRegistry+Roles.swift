import PortalKit

extension PluginRegistry {
    /// A role's title, with the name beside it that providers' users know it by:
    /// "Provider access administrator — Toy Keeper".
    func title(of role: Role) -> String {
        guard role == .providerAccessAdministrator else { return role.title }
        var names: [String] = []
        for name in entries.compactMap(\.manifest.listing.accessRole) where !names.contains(name) { names.append(name) }
        return names.isEmpty ? role.title : "\(role.title) — \(names.joined(separator: ", "))"
    }
}
