import HTTPTypes
import Hummingbird

/// What a call asks of a list, or of one object.
struct GraphQuery<Object: GraphObject>: Sendable {
    let options: [GraphQueryOption: String]
    let selected: [GraphProperty<Object>]
    /// What was asked for; nil when it was left to the service.
    let selection: [String]?
    let filter: GraphFilter<Object>?
    let search: GraphSearch<Object>?
    let order: GraphOrder<Object>?
    let top: Int?
    let skip: Int
    /// Whether `@odata.count` is wanted, and may be: directory objects are counted in advanced queries only.
    let isCounted: Bool

    /// Options of a list.
    static var ofList: Set<GraphQueryOption> { [.select, .filter, .orderby, .top, .count, .skiptoken, .search] }

    /// Throws 400, or 501 for a property that lists don't have.
    init(
        _ call: GraphCall, _ supported: Set<GraphQueryOption>, isList: Bool = true, largestPage: Int = 999
    ) throws(GraphFault) {
        options = try GraphQueryOption.all(in: call.query, supported: supported)
        (selected, selection) = try Self.selected(options[.select], isList: isList)
        let isEventual = call.request.headers[.consistencyLevel]?.lowercased() == "eventual"
        let asksForCount = try options[.count].map(Self.boolean) ?? false
        isCounted = asksForCount && (isEventual || !Object.isDirectoryObject)
        top = try options[.top].map { text throws(GraphFault) in
            guard let top = Int(text) else { throw .invalidQueryOption("$top", text) }
            guard (1...largestPage).contains(top) else { throw .invalidPageSize(text, largest: largestPage) }
            return top
        }
        skip =
            try options[.skip].map { text throws(GraphFault) in
                guard let skip = Int(text), skip >= 0 else { throw .invalidQueryOption("$skip", text) }
                return skip
            } ?? 0
        filter = try options[.filter].map { text throws(GraphFault) in try GraphFilter(text) }
        order = try options[.orderby].map { text throws(GraphFault) in try GraphOrder(text) }
        search = try options[.search].map { text throws(GraphFault) in
            guard isEventual else { throw .searchNeedsConsistencyLevel }
            return try GraphSearch(text)
        }
        let isAdvanced = filter.map { $0.isAdvanced || order != nil } ?? false
        if Object.isDirectoryObject, isAdvanced, !isEventual || !asksForCount {
            throw order == nil ? .unsupportedQuery : .unsupportedSorting
        }
    }

    /// What the parts of the query that decide which objects come, and in which order, were.
    var terms: String {
        [GraphQueryOption.filter, .search, .orderby].map { options[$0] ?? "" }.joined(separator: "\n")
    }

    func matching(_ objects: [Object]) throws(GraphFault) -> [Object] {
        var found: [Object] = []
        for object in objects where search?.matches(object) ?? true {
            if try filter?.matches(object) ?? true { found.append(object) }
        }
        return order?.sorted(found) ?? found
    }

    private static func selected(
        _ text: String?, isList: Bool
    ) throws(GraphFault) -> ([GraphProperty<Object>], [String]?) {
        guard let text, text != "*" else { return (Object.properties.filter { $0.presence == .always }, nil) }
        var selected: [GraphProperty<Object>] = []
        for name in text.split(separator: ",").map({ String($0).trimming() }) {
            guard let property = Object.property(named: name) else {
                throw .unknownProperty(name, of: Object.typeName, in: "Parsing OData Select and Expand failed")
            }
            if isList, property.presence == .selectedAlone { throw .notImplemented(property.name) }
            if !selected.contains(where: { $0.name == property.name }) { selected.append(property) }
        }
        guard !selected.isEmpty else { throw .invalidQueryOption("$select", text) }
        return (selected, selected.map(\.name))
    }

    private static func boolean(_ text: String) throws(GraphFault) -> Bool {
        switch text.lowercased() {
        case "true": true
        case "false": false
        default: throw .invalidQueryOption("$count", text)
        }
    }
}
