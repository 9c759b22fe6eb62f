import Foundation

/// Something that Microsoft Graph shows: properties, of which a call selects some.
protocol GraphObject: Sendable {
    /// With its namespace: `microsoft.graph.user`.
    static var typeName: String { get }
    /// In the order in which they are written.
    static var properties: [GraphProperty<Self>] { get }
    /// The names of those that `$orderby` takes.
    static var sortable: [String] { get }
    /// Directory objects ask for `ConsistencyLevel: eventual` where a query is an advanced one.
    static var isDirectoryObject: Bool { get }
    var id: String { get }
    /// `typeName`, but where a list holds several kinds.
    var type: String { get }
}

/// One property of a kind of object.
struct GraphProperty<Object>: Sendable {
    /// When it is answered.
    enum Presence {
        /// Unless others are selected.
        case always
        case selected
        /// When it is selected of one object; never in a list.
        case selectedAlone
    }

    let name: String
    let presence: Presence
    let value: @Sendable (Object) -> JSON

    init(_ name: String, _ presence: Presence = .always, _ value: @escaping @Sendable (Object) -> JSON) {
        self.name = name
        self.presence = presence
        self.value = value
    }
}

extension GraphObject {
    static var sortable: [String] { [] }
    static var isDirectoryObject: Bool { true }
    var type: String { Self.typeName }

    /// Whatever the case.
    static func property(named name: String) -> GraphProperty<Self>? {
        properties.first { $0.name == name } ?? properties.first { $0.name.lowercased() == name.lowercased() }
    }

    /// As an item of a list: with `@odata.type` where the list holds several kinds.
    func json(_ selected: [GraphProperty<Self>], isTyped: Bool = false) -> JSON {
        let type: [JSON.Member] = isTyped ? [.init("@odata.type", .string("#\(type)"))] : []
        // Annotations come whatever is selected.
        let annotations = Self.properties.filter { property in
            property.name.hasPrefix("@odata.") && !selected.contains { $0.name == property.name }
        }
        return .object(type + (annotations + selected).map { .init($0.name, $0.value(self)) })
    }
}

extension JSON {
    static func orNull(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

    /// UTC, to the second.
    static func date(_ date: Date?) -> JSON { orNull(date.map { $0.formatted(.iso8601) }) }
}
