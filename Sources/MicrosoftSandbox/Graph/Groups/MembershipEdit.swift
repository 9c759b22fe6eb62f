/// Who was added to a group and who was removed from it, by object id.
struct MembershipEdit: Codable, Sendable {
    private(set) var added: [String] = []
    private(set) var removed: Set<String> = []

    mutating func add(_ id: String) {
        if removed.remove(id) == nil { added.append(id) }
    }

    mutating func remove(_ id: String) {
        if let index = added.firstIndex(of: id) { added.remove(at: index) } else { removed.insert(id) }
    }
}
