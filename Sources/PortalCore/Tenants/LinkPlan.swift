import Crypto
import Foundation
import PortalKit

/// What *Auto-create and link* would do with each unlinked tenant. Made of the rows as they are; nothing is written.
struct LinkPlan: Sendable {
    struct Line: Sendable {
        let tenant: StoredTenant
        let decision: Decision
    }

    enum Decision: Sendable, Hashable, Codable {
        /// There is no organization like it: one of this name is made.
        case create(name: String)
        /// One organization, and the reason is beyond doubt.
        case link(Key<Organization>, name: String, reason: String)
        /// A person has to say.
        case ask(candidates: [Candidate], reason: String)
    }

    /// An organization that could be meant.
    struct Candidate: Sendable, Hashable, Codable {
        let id: Key<Organization>
        let name: String
    }

    let lines: [Line]

    init(lines: [Line]) {
        self.lines = lines
    }

    var creations: [Line] { lines.filter { if case .create = $0.decision { true } else { false } } }
    var links: [Line] { lines.filter { if case .link = $0.decision { true } else { false } } }
    var questions: [Line] { lines.filter { if case .ask = $0.decision { true } else { false } } }

    /// The same for the same plan: an apply button made for another one is refused.
    var fingerprint: String {
        var hash = SHA256()
        for line in lines {
            guard case .text(let decision) = JSONColumn(line.decision).sqlValue else { continue }
            hash.update(data: Data("\(line.tenant.id) \(decision)\n".utf8))
        }
        return Data(hash.finalize()).base64URL
    }
}

extension LinkPlan {
    /// Matches by verified domain alone; a likeness of names is a question, never a link.
    ///
    /// - Parameters:
    ///   - unlinked: tenants that are present, not excluded and not linked.
    ///   - organizations: all of the broker's.
    ///   - taken: organizations that a tenant is linked to already.
    init(unlinked: [StoredTenant], organizations: [Organization], taken: Set<Key<Organization>>) {
        let known = Known(unlinked: unlinked, organizations: organizations, taken: taken)
        lines = unlinked.map { Line(tenant: $0, decision: known.decide($0)) }
    }

    /// What decides, looked up once.
    private struct Known {
        private let byDomain: [String: Organization]
        private let byName: [String: [Organization]]
        private let taken: Set<Key<Organization>>
        /// How many tenants claim an organization by a verified domain, and how many have a name.
        private var claims: [Key<Organization>: Int] = [:]
        private var names: [String: Int] = [:]
        /// Whether there is an organization that a tenant's details could match.
        private let detailsMatter: Bool

        init(unlinked: [StoredTenant], organizations: [Organization], taken: Set<Key<Organization>>) {
            byDomain = Dictionary(
                organizations.compactMap { organization in organization.domain.map { ($0, organization) } },
                uniquingKeysWith: { first, _ in first })
            byName = Dictionary(grouping: organizations) { LinkPlan.plainName($0.name) }
            self.taken = taken
            detailsMatter = organizations.contains { $0.domain != nil && !taken.contains($0.id) }
            for tenant in unlinked {
                names[LinkPlan.plainName(tenant.name), default: 0] += 1
                for match in matches(tenant) { claims[match.id, default: 0] += 1 }
            }
        }

        /// The organizations of the tenant's verified domains.
        private func matches(_ tenant: StoredTenant) -> [Organization] {
            var found: [Organization] = []
            for domain in tenant.domains where domain.isVerified {
                if let match = byDomain[domain.name], !found.contains(where: { $0.id == match.id }) {
                    found.append(match)
                }
            }
            return found
        }

        func decide(_ tenant: StoredTenant) -> Decision {
            let matches = matches(tenant)
            if let only = matches.first, matches.count == 1 { return decide(only) }
            if matches.count > 1 {
                return .ask(
                    candidates: matches.map(Candidate.init), reason: "Its domains belong to several organizations.")
            }
            if detailsMatter && tenant.detailsAt == nil {
                return .ask(
                    candidates: [],
                    reason: "Its details have not been read, so an organization of its domain could exist.")
            }
            let name = LinkPlan.plainName(tenant.name)
            if let named = byName[name] {
                return .ask(
                    candidates: named.map(Candidate.init),
                    reason: "The name is the same, but no verified domain proves it.")
            }
            if names[name, default: 0] > 1 { return .ask(candidates: [], reason: "Several tenants have this name.") }
            return .create(name: tenant.name)
        }

        private func decide(_ only: Organization) -> Decision {
            let domain = only.domain ?? ""
            if taken.contains(only.id) {
                return .ask(
                    candidates: [Candidate(only)],
                    reason: "Has the domain \(domain), but another tenant is linked to it.")
            }
            if claims[only.id, default: 0] > 1 {
                return .ask(candidates: [Candidate(only)], reason: "Several tenants have the domain \(domain).")
            }
            return .link(only.id, name: only.name, reason: "The same verified domain, \(domain)")
        }
    }

    /// Without case, accents, punctuation and the legal form at the end.
    static func plainName(_ name: String) -> String {
        let folded = name.folded
        var words = folded.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        while words.count > 1, let last = words.last, legalForms.contains(last) { words.removeLast() }
        return words.isEmpty ? folded : words.joined(separator: " ")
    }

    private static let legalForms: Set<String> = [
        "ltd", "limited", "inc", "incorporated", "llc", "llp", "plc", "corp", "corporation", "co", "company", "gmbh",
        "ag", "kg",
        "ab", "as", "aps", "oy", "oyj", "bv", "nv", "sa", "sas", "sarl", "srl", "spa", "sl", "pty",
    ]
}

extension LinkPlan.Candidate {
    init(_ organization: Organization) {
        self.init(id: organization.id, name: organization.name)
    }
}

extension DatabaseConnection {
    /// The plan for all unlinked tenants of one source.
    mutating func linkPlan(of broker: Key<Broker>, source: Key<PluginManifest>) throws -> LinkPlan {
        let unlinked = try tenants(of: .whole(broker), TenantFilter(source: source, state: .unlinked), limit: .max, offset: 0)
        return try linkPlan(for: unlinked, of: broker)
    }

    /// What the plan says of one tenant: it is made of those that claim the same domains or have the same name too.
    mutating func planLine(for tenant: StoredTenant) throws -> LinkPlan.Line? {
        var rivals = [tenant]
        let unlinked = TenantFilter(source: tenant.source, state: .unlinked)
        var filters = [unlinked]
        filters[0].search = LinkPlan.plainName(tenant.name)
        filters.append(unlinked)
        filters[1].search = tenant.name.folded
        for domain in tenant.domains where domain.isVerified {
            var filter = unlinked
            filter.domain = domain.name
            filters.append(filter)
        }
        for filter in filters {
            for other in try tenants(of: .whole(tenant.brokerID), filter, limit: 10, offset: 0)
            where !rivals.contains(where: { $0.id == other.id }) {
                rivals.append(other)
            }
        }
        return try linkPlan(for: rivals, of: tenant.brokerID).lines.first
    }

    private mutating func linkPlan(for unlinked: [StoredTenant], of broker: Key<Broker>) throws -> LinkPlan {
        let taken = try query("SELECT DISTINCT organization_id FROM tenant_link WHERE broker_id = \(broker)") {
            try $0[0] as Key<Organization>
        }
        return LinkPlan(unlinked: unlinked, organizations: try organizations(of: .whole(broker)), taken: Set(taken))
    }
}
