import Foundation

/// A list by pages. Source: Microsoft Learn, "Paging Microsoft Graph data in your app".
struct GraphCollection<Object: GraphObject> {
    let sandbox: MicrosoftSandbox
    let call: GraphCall
    let query: GraphQuery<Object>
    /// Behind the version, with its slash.
    let path: String
    /// What the context calls it.
    let name: String
    /// Whether items say of which type they are.
    var isTyped = false
    /// How many items a page has where nobody asked.
    var usualPage = 100
    /// Whether next links count on with `$skip`, as some services do, and not with a token.
    var usesSkip = false

    private struct SkipToken: Codable {
        let tenantID: String
        let path: String
        let terms: String
        /// The last item that came.
        let after: String
        /// Where that one stood, for the case that it is gone.
        let position: Int
    }

    func answer(_ objects: [Object]) throws -> GraphAnswer {
        let found = try query.matching(objects)
        let start = try start(in: found)
        let end = min(found.count, start + (query.top ?? usualPage))
        let page = found[min(start, end)..<end]
        let next = end < found.count ? try nextLink(after: end, in: found, from: start) : nil
        let isFirst = query.options[.skiptoken] == nil
        return GraphAnswer(
            json: [
                "@odata.context": .string(context),
                "@odata.count": query.isCounted && isFirst ? .integer(found.count) : .absent,
                "@odata.nextLink": .optional(next),
                "value": .array(page.map { $0.json(query.selected, isTyped: isTyped) }),
            ])
    }

    private var context: String {
        call.metadata(name, query.selection, base: sandbox.configuration.base)
    }

    private func start(in found: [Object]) throws(GraphFault) -> Int {
        guard let text = query.options[.skiptoken] else { return query.skip }
        guard let token: SkipToken = Sealer(sandbox.store).open(text, as: .continuation),
            token.tenantID == call.directory.id, token.path == path, token.terms == query.terms
        else { throw .expiredPageToken }
        return found.firstIndex { $0.id == token.after }.map { $0 + 1 } ?? min(token.position, found.count)
    }

    /// With the page faults, each in its turn.
    private func nextLink(after end: Int, in found: [Object], from start: Int) throws -> String {
        let kinds: Set<Fault.Kind> = [.pageLoop, .pageOverlap, .nextLinkElsewhere]
        let fault = call.context.note.call.flatMap { sandbox.faults.take($0, kinds) }
        if let fault { call.context.note.add("fault: \(fault.kind.rawValue)") }
        switch fault?.kind {
        case .pageLoop: return try link(start)
        case .pageOverlap: return try link(end - 1, found)
        case .nextLinkElsewhere:
            let host = fault?.elsewhere ?? Fault.elsewhere
            return host + (try link(end, found)).dropFirst(sandbox.configuration.base.count)
        default: return try link(end, found)
        }
    }

    /// To the page that was asked for.
    private func link(_ start: Int) throws -> String {
        address(
            usesSkip
                ? ("$skip", String(query.skip))
                : query.options[.skiptoken].map { ("$skiptoken", $0) })
    }

    private func link(_ end: Int, _ found: [Object]) throws -> String {
        if usesSkip { return address(("$skip", String(end))) }
        guard end > 0 else { return address(nil) }
        let token = SkipToken(
            tenantID: call.directory.id, path: path, terms: query.terms, after: found[end - 1].id, position: end)
        return address(("$skiptoken", try Sealer(sandbox.store).seal(token, as: .continuation)))
    }

    /// With the options that the call had, but its place.
    private func address(_ place: (name: String, value: String)?) -> String {
        let kept = GraphQueryOption.allCases.filter { $0 != .skiptoken && $0 != .skip }.compactMap { option in
            query.options[option].map { ("$\(option.rawValue)", $0) }
        }
        let pairs = (kept + (place.map { [$0] } ?? [])).map { "\($0.0)=\($0.1.percentEncoded)" }
        let link = call.link(path, base: sandbox.configuration.base)
        return pairs.isEmpty ? link : "\(link)?\(pairs.joined(separator: "&"))"
    }
}

extension GraphCall {
    /// The value of `@odata.context`. `selection` are the properties that were asked for.
    func metadata(_ name: String, _ selection: [String]? = nil, base: String, isEntity: Bool = false) -> String {
        let properties = selection.map { "(\($0.joined(separator: ",")))" } ?? ""
        return link("/$metadata#\(name)\(properties)\(isEntity ? "/$entity" : "")", base: base)
    }
}

extension MicrosoftSandbox {
    /// One object with its context and what Graph answers unless something is selected.
    func whole<Object: GraphObject>(_ object: Object, in name: String, _ call: GraphCall) -> JSON {
        let context = call.metadata(name, base: configuration.base, isEntity: true)
        let properties = Object.properties.filter { $0.presence == .always }
        return .object([.init("@odata.context", .string(context))] + (object.json(properties).members ?? []))
    }

    /// One object with its context, in the properties that the call selects.
    func entity<Object: GraphObject>(_ object: Object, in name: String, _ call: GraphCall) throws(GraphFault) -> JSON {
        let query = try GraphQuery<Object>(call, [.select], isList: false)
        let context = call.metadata(name, query.selection, base: configuration.base, isEntity: true)
        return .object(
            [.init("@odata.context", .string(context))] + (object.json(query.selected).members ?? []))
    }
}
