/// One `$orderby`: by one property, whatever the case of its texts.
struct GraphOrder<Object: GraphObject>: Sendable {
    private let property: GraphProperty<Object>
    private let isDescending: Bool

    init(_ text: String) throws(GraphFault) {
        let words = text.split(separator: " ")
        guard let name = words.first, words.count <= 2, let property = Object.property(named: String(name)),
            Object.sortable.contains(property.name)
        else { throw .unsupportedSorting }
        switch words.dropFirst().first?.lowercased() {
        case nil, "asc": isDescending = false
        case "desc": isDescending = true
        default: throw .unsupportedSorting
        }
        self.property = property
    }

    /// Equal ones stay as they were.
    func sorted(_ objects: [Object]) -> [Object] {
        let keyed = objects.enumerated().map { (key: key(of: $1), place: $0, object: $1) }
        return keyed.sorted { first, second in
            guard first.key != second.key else { return first.place < second.place }
            return (first.key < second.key) != isDescending
        }.map(\.object)
    }

    private func key(of object: Object) -> String { property.value(object).text?.lowercased() ?? "" }
}
