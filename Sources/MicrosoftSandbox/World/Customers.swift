/// A partner's customers in the order in which it won them: those written down, those that follow from a seed (each made
/// when it is asked for, so that a hundred thousand cost no memory and no time at the start), and those created since.
/// As a collection: without those that have left.
struct Customers: RandomAccessCollection, Sendable {
    private let written: [Customer]
    private let generated: GeneratedCustomers?
    private let created: [Customer]
    private let renamed: [String: String]
    private let ended: Set<String>
    /// Places of `ended` among all, ascending.
    private let gaps: [Int]

    init(written: [Customer], generated: GeneratedCustomers?, partnerTenantID: String, changes: WorldChanges) {
        self.written = written
        self.generated = generated
        created = changes.created.filter { $0.partnerTenantID == partnerTenantID }
        renamed = changes.renamed
        ended = changes.ended
        let all = written.count + (generated?.count ?? 0)
        let createdIDs = created.map(\.id)
        gaps = changes.ended.compactMap { id in
            if let index = createdIDs.firstIndex(of: id) { return all + index }
            if let index = written.firstIndex(where: { $0.id == id }) { return index }
            return generated?.customer(id).map { written.count + $0.number - 1 }
        }.sorted()
    }

    private var countOfAll: Int { written.count + (generated?.count ?? 0) + created.count }

    var startIndex: Int { 0 }
    var endIndex: Int { countOfAll - gaps.count }

    subscript(position: Int) -> Customer {
        var place = position
        for gap in gaps where gap <= place { place += 1 }
        return current(at(place))
    }

    /// By tenant id; also one that has left.
    func customer(_ id: String) -> Customer? {
        (written.first { $0.id == id } ?? generated?.customer(id) ?? created.first { $0.id == id }).map(current)
    }

    /// By a verified domain, in lower case; also one that has left.
    func customer(domain: String) -> Customer? {
        let found =
            written.first { $0.domains.contains(domain) } ?? generated?.customer(domain: domain)
            ?? created.first { $0.domains.contains(domain) }
        return found.map(current)
    }

    func hasLeft(_ id: String) -> Bool { ended.contains(id) }

    private func at(_ place: Int) -> Customer {
        if place < written.count { return written[place] }
        let rest = place - written.count
        if let generated, rest < generated.count { return generated[rest] }
        return created[rest - (generated?.count ?? 0)]
    }

    private func current(_ customer: Customer) -> Customer {
        guard let name = renamed[customer.id] else { return customer }
        var customer = customer
        customer.name = name
        return customer
    }
}
