import Foundation
import HTTPTypes
import Hummingbird

/// A call by somebody who may manage a partner's relationships.
struct RelationshipCall: Sendable {
    let sandbox: MicrosoftSandbox
    let graph: GraphCall
    let partner: Partner
    let world: World
    let now: Date

    static let path = "/tenantRelationships/delegatedAdminRelationships"
    static let name = "tenantRelationships/delegatedAdminRelationships"

    /// Throws 403 for customers' tenants, and for people who are no Admin Agents or signed in without MFA. An application
    /// alone needs its permission only.
    init(_ graph: GraphCall, _ call: ServiceCall, _ sandbox: MicrosoftSandbox) throws(GraphFault) {
        world = sandbox.world
        guard let partner = world.partner(graph.token.tid) else { throw .notAdminAgent }
        if !graph.token.isAppOnly {
            guard let account = world.account(graph.token.oid), account.tenantID == partner.tenantID,
                account.isAdminAgent, graph.token.hasMFA, sandbox.faults.take(call, [.mfaClaimMissing]) == nil
            else { throw .notAdminAgent }
        }
        self.sandbox = sandbox
        self.graph = graph
        self.partner = partner
        now = sandbox.now
    }

    func changed(_ what: String) { graph.context.note.changed(what) }

    /// 400 without `If-Match`, 412 when none of its etags is this one.
    func requireMatch(_ etag: String) throws(GraphFault) {
        guard let sent = graph.request.headers[.ifMatch], !sent.isEmpty else { throw .etagMissing }
        let etags = sent.split(separator: ",").map { String($0).trimming() }
        guard etags.contains(etag) || etags == ["*"] else { throw .staleETag }
    }
}

/// Reading and changing what is kept.
extension RelationshipCall {
    func relationship() throws(GraphFault) -> DelegatedAdminRelationship {
        let id = graph.parameter("relationship")
        let found = sandbox.store.read { state in
            state.partnerships.index(of: id, partner: partner.tenantID).map { state.partnerships.relationships[$0] }
        }
        guard let found else { throw .relationshipNotFound }
        return found
    }

    /// All or nothing, and nobody else in between.
    func change<Value: Sendable>(
        _ body: (inout DelegatedAdminRelationship, inout PartnershipState) throws -> Value
    ) throws -> Value {
        let id = graph.parameter("relationship")
        return try sandbox.store.update { state in
            guard let index = state.partnerships.index(of: id, partner: partner.tenantID) else {
                throw GraphFault.relationshipNotFound
            }
            var relationship = state.partnerships.relationships[index]
            let value = try body(&relationship, &state.partnerships)
            if let index = state.partnerships.index(of: id, partner: partner.tenantID) {
                state.partnerships.relationships[index] = relationship
            }
            return value
        }
    }
}

/// Answers.
extension RelationshipCall {
    /// Whether members behind the sentinel of an enumeration are wanted by name.
    var showsLateMembers: Bool {
        graph.request.headers[values: .prefer].contains { $0.lowercased().contains("include-unknown-enum-members") }
    }

    private var preference: HTTPFields {
        showsLateMembers ? [.preferenceApplied: "include-unknown-enum-members"] : [:]
    }

    func show(_ relationship: DelegatedAdminRelationship) -> RelationshipObject {
        RelationshipObject(relationship: relationship, world: world, now: now)
    }

    /// One object, in the properties that the call selects. `location` makes it 201.
    func answer<Object: GraphObject>(
        _ object: Object, in name: String, location: String? = nil
    ) throws(GraphFault) -> GraphAnswer {
        let query = try GraphQuery<Object>(graph, [.select], isList: false)
        let base = sandbox.configuration.base
        let context = graph.metadata(name, query.selection, base: base, isEntity: true)
        let members = object.json(query.selected, isTyped: true).members ?? []
        var headers = preference
        headers[.location] = location.map { graph.link($0, base: base) }
        return GraphAnswer(
            status: location == nil ? .ok : .created,
            json: .object([.init("@odata.context", .string(context))] + members), headers: headers)
    }

    func list<Object: GraphObject>(
        _ objects: [Object], at path: String, in name: String
    ) throws -> GraphAnswer {
        let supported: Set<GraphQueryOption> = [.select, .filter, .orderby, .top, .count, .skiptoken]
        var answer = try GraphCollection<Object>(
            sandbox: sandbox, call: graph, query: GraphQuery(graph, supported, largestPage: 300), path: path,
            name: name,
            usualPage: min(100, sandbox.configuration.largestPage)
        ).answer(objects)
        answer.headers.append(contentsOf: preference)
        return answer
    }

    /// 202 with the operation's address.
    func accepted(_ operation: RelationshipOperation, of relationship: String) -> GraphAnswer {
        var headers = preference
        headers[.location] = graph.link(
            "\(Self.path)/\(relationship)/operations/\(operation.id)", base: sandbox.configuration.base)
        headers[.retryAfter] = "10"
        return GraphAnswer(status: .accepted, headers: headers)
    }
}

extension HTTPField.Name {
    static let preferenceApplied = Self("Preference-Applied")!
}
