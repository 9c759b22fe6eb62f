/// The groups of the first day. A partner has those that Partner Center makes in its directory, and two for delegated
/// administration; a customer has two of its own.
struct FirstGroups {
    let directory: Directory

    /// Partner Center's group, whose members act for the partner at its customers.
    private var adminAgents: String { directory.id(of: "0b01") }

    var all: [DirectoryGroup] {
        directory.isPartner
            ? [
                security(adminAgents, "AdminAgents", "Partner staff who manage customers"),
                security(directory.id(of: "0b02"), "HelpdeskAgents", "Partner staff who help customers"),
                security(directory.id(of: "0b03"), "SalesAgents", "Partner staff who sell"),
                security(directory.id(of: "0b04"), "GDAP Tier 1", "First line: reads, resets passwords"),
                security(directory.id(of: "0b05"), "GDAP Tier 2", "Second line: administers"),
            ]
            : [
                unified(directory.id(of: "0b01"), "All Company", "allcompany"),
                security(directory.id(of: "0b02"), "Licensed staff", nil),
            ]
    }

    /// Object ids of those who belong to it before anybody was added or removed.
    func members(of group: DirectoryGroup, accounts: [Account], users: [DirectoryUser]) -> [String] {
        let staff = accounts.filter { $0.tenantID == directory.id }
        switch (directory.isPartner, group.id) {
        case (true, adminAgents): return staff.filter(\.isAdminAgent).map(\.id)
        case (true, directory.id(of: "0b02")): return staff.filter { !$0.isAdminAgent }.map(\.id)
        case (true, directory.id(of: "0b03")): return users.filter { $0.department == "Sales" }.map(\.id)
        case (true, directory.id(of: "0b04")): return users.filter { $0.department == "Operations" }.map(\.id)
        case (true, directory.id(of: "0b05")): return staff.filter(\.isAdminAgent).map(\.id)
        case (false, directory.id(of: "0b01")): return users.filter { $0.userType == .Member }.map(\.id)
        case (false, directory.id(of: "0b02")): return users.filter { !$0.licences.isEmpty }.map(\.id)
        default: return []
        }
    }

    private func security(_ id: String, _ name: String, _ description: String?) -> DirectoryGroup {
        DirectoryGroup(
            id: id, tenantID: directory.id, displayName: name, description: description,
            mailNickname: name.filter { $0 != " " }, createdAt: GeneratedUsers.firstDay)
    }

    private func unified(_ id: String, _ name: String, _ nickname: String) -> DirectoryGroup {
        DirectoryGroup(
            id: id, tenantID: directory.id, displayName: name, mailNickname: nickname,
            mail: "\(nickname)@\(directory.domains[0])", isUnified: true, isSecurityEnabled: false,
            visibility: "Public", createdAt: GeneratedUsers.firstDay)
    }
}
