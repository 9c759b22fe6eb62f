/// The query options of OData. Source: Microsoft Learn, "Use query parameters to customize responses".
enum GraphQueryOption: String, CaseIterable {
    case select, filter, orderby, top, skip, count, search, skiptoken, deltatoken, expand, format

    /// The options of a query, each at most once; the `$` before a name may be missing. Empty ones count as not sent.
    static func all(
        in query: FormFields, supported: Set<GraphQueryOption>
    ) throws(GraphFault) -> [GraphQueryOption: String] {
        var options: [GraphQueryOption: String] = [:]
        for (name, value) in query.pairs {
            let isMarked = name.hasPrefix("$")
            guard let option = GraphQueryOption(rawValue: (isMarked ? String(name.dropFirst()) : name).lowercased())
            else {
                if isMarked { throw .unknownQueryOption(name) }
                continue
            }
            guard supported.contains(option) else { throw .unsupportedQueryOption("$\(option.rawValue)") }
            guard options[option] == nil else { throw .repeatedQueryOption("$\(option.rawValue)") }
            if !value.isEmpty { options[option] = value }
        }
        return options
    }
}
