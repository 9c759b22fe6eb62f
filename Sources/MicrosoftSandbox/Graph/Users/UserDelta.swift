import Foundation
import HTTPTypes
import Hummingbird

/// The users, and what changed since. Source: Microsoft Learn, "user: delta" and "Use delta query to track changes in
/// Microsoft Graph data": tokens of directory objects live 7 days; an object may come more than once.
struct UserDelta {
    let sandbox: MicrosoftSandbox
    let call: GraphCall

    /// What a token remembers of its round.
    private struct Round: Codable {
        let tenantID: String
        let selection: [String]?
        /// The only users to be told of.
        let ids: [String]?
        /// The last change that the caller knows; nil in the first round, which lists everybody.
        let since: Int?
        /// The last change before the round began: later ones are for the next round.
        let until: Int
        /// Where in the round the next page begins; nil when the round is over.
        var position: Int?
        let issuedAt: Date
    }

    private static let lifetime: TimeInterval = 7 * 86400
    private static let mostIDs = 50
    private static let pageSize = 200

    private var base: String { sandbox.configuration.base }

    func answer() throws -> GraphAnswer {
        let options = try GraphQueryOption.all(in: call.query, supported: [.select, .filter, .skiptoken, .deltatoken])
        let deltaToken = options[.deltatoken]
        if let token = options[.skiptoken] { return try page(of: round(token, isPage: true)) }
        guard let deltaToken, deltaToken.lowercased() != "latest" else {
            let round = try newRound(isLatest: deltaToken != nil)
            return try round.position == nil ? last([], round) : page(of: round)
        }
        let known = try round(deltaToken, isPage: false)
        return try page(
            of: Round(
                tenantID: known.tenantID, selection: known.selection, ids: known.ids, since: known.until,
                until: lastChange, position: 0, issuedAt: sandbox.now))
    }

    private var lastChange: Int { sandbox.store.read { $0.directories.userChanges.count } }

    private func newRound(isLatest: Bool) throws -> Round {
        let query = try GraphQuery<DirectoryUser>(call, [.select, .filter, .deltatoken])
        let ids = try query.filter.map { filter throws(GraphFault) in
            guard let ids = filter.ids, ids.count <= Self.mostIDs else { throw .unsupportedQuery }
            return ids
        }
        return Round(
            tenantID: call.directory.id, selection: query.selection, ids: ids, since: nil, until: lastChange,
            position: isLatest ? nil : 0, issuedAt: sandbox.now)
    }

    /// Throws 400 for what is no token of this kind, and 410 for one that is too old.
    private func round(_ token: String, isPage: Bool) throws(GraphFault) -> Round {
        guard let round: Round = Sealer(sandbox.store).open(token, as: .continuation),
            round.tenantID == call.directory.id, (round.position != nil) == isPage
        else { throw .syncStateNotFound }
        guard sandbox.now.timeIntervalSince(round.issuedAt) <= Self.lifetime else {
            let select = round.selection.map { "$select=\($0.joined(separator: ","))&" } ?? ""
            throw .resyncRequired(location: call.link("/users/delta?\(select)$deltatoken=", base: base))
        }
        return round
    }

    private func page(of round: Round) throws -> GraphAnswer {
        let items = round.since == nil ? try everybody(round) : try changes(round)
        let start = round.position ?? 0
        let end = min(items.count, start + pageSize)
        let page = Array(items[min(start, end)..<end])
        guard end < items.count else { return try last(page, round) }
        let fault = sandbox.faults.take(.usersDelta, [.pageLoop, .pageOverlap, .nextLinkElsewhere])
        if let fault { call.context.note.add("fault: \(fault.kind.rawValue)") }
        var next = round
        next.position = fault?.kind == .pageLoop ? start : fault?.kind == .pageOverlap ? end - 1 : end
        let link = try link("$skiptoken", next)
        let host = fault?.kind == .nextLinkElsewhere ? fault?.elsewhere ?? base : base
        return answer(page, round, "@odata.nextLink", host + link.dropFirst(base.count))
    }

    /// The page that ends a round: its link is where the next one begins.
    private func last(_ page: [JSON], _ round: Round) throws -> GraphAnswer {
        var over = round
        over.position = nil
        return answer(page, round, "@odata.deltaLink", try link("$deltatoken", over))
    }

    private func link(_ name: String, _ round: Round) throws -> String {
        let token = try Sealer(sandbox.store).seal(round, as: .continuation)
        return call.link("/users/delta?\(name)=\(token.percentEncoded)", base: base)
    }

    private func answer(_ page: [JSON], _ round: Round, _ linkName: String, _ link: String) -> GraphAnswer {
        let context = call.metadata("users", round.selection, base: base)
        return GraphAnswer(
            json: .object([
                .init("@odata.context", .string(context)), .init(linkName, .string(link)),
                .init("value", .array(page)),
            ]))
    }

    private func everybody(_ round: Round) throws -> [JSON] {
        let properties = properties(of: round)
        return sandbox.users(of: call.directory).filter { round.ids?.contains($0.id) ?? true }.map {
            $0.json(properties)
        }
    }

    /// One item a user: as it is now, or `@removed`. Who changed only in what wasn't selected is left out.
    private func changes(_ round: Round) throws -> [JSON] {
        let since = round.since ?? 0
        let changes = sandbox.store.read { state in
            state.directories.userChanges.filter {
                $0.number > since && $0.number <= round.until && $0.tenantID == call.directory.id
                    && (round.ids?.contains($0.userID) ?? true)
            }
        }
        let users = Dictionary(
            sandbox.users(of: call.directory).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var order: [String] = []
        var byUser: [String: [UserChange.Kind]] = [:]
        for change in changes {
            if byUser[change.userID] == nil { order.append(change.userID) }
            byUser[change.userID, default: []].append(change.kind)
        }
        return order.compactMap { item($0, byUser[$0] ?? [], users[$0], round) }
    }

    private func item(_ id: String, _ kinds: [UserChange.Kind], _ user: DirectoryUser?, _ round: Round) -> JSON? {
        guard let user else {
            let isPermanent = kinds.contains { if case .removed(true) = $0 { true } else { false } }
            return ["id": .string(id), "@removed": ["reason": isPermanent ? "deleted" : "changed"]]
        }
        let selected = properties(of: round)
        var changed: [String] = []
        for kind in kinds {
            guard case .changed(let names) = kind else { return user.json(selected) }
            changed += names
        }
        guard selected.contains(where: { changed.contains($0.name) }) else { return nil }
        return user.json(wantsMinimum ? selected.filter { $0.name == "id" || changed.contains($0.name) } : selected)
    }

    /// With the id, whatever was selected.
    private func properties(of round: Round) -> [GraphProperty<DirectoryUser>] {
        DirectoryUser.properties.filter { property in
            property.name == "id" || round.selection?.contains(property.name) ?? (property.presence == .always)
        }
    }

    private var preferences: [String] {
        (call.request.headers[.prefer] ?? "").lowercased().split(separator: ",").map { String($0).trimming() }
    }

    private var wantsMinimum: Bool { preferences.contains("return=minimal") }

    /// As `Prefer: odata.maxpagesize` asks.
    private var pageSize: Int {
        let name = "odata.maxpagesize="
        let asked = preferences.first { $0.hasPrefix(name) }.flatMap { Int($0.dropFirst(name.count)) }
        return asked.map { min(max($0, 1), 999) } ?? Self.pageSize
    }
}

extension GraphFilter {
    /// The ids that it allows, where it asks for nothing else.
    fileprivate var ids: [String]? {
        switch self {
        case .compares(let property, .eq, .string(let id)) where property.name == "id": [id.lowercased()]
        case .isOneOf(let property, let literals) where property.name == "id":
            literals.compactMap { $0.text?.lowercased() }
        case .any(let parts):
            parts.reduce([String]?.some([])) { ids, part in
                ids.flatMap { ids in part.ids.map { ids + $0 } }
            }
        default: nil
        }
    }
}
