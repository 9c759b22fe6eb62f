import Foundation
import PortalKit
import Testing

@testable import PortalCore

/// Which organization a tenant is linked to by itself, and when a person is asked.
@Suite struct LinkPlanTests {
    private func organization(_ id: String, _ name: String, _ domain: String? = nil) -> Organization {
        Organization(id: Key(id), brokerID: "b", name: name, domain: domain, createdAt: Date())
    }

    private func tenant(_ id: String, _ name: String, _ verified: [String] = [], unverified: [String] = [], details: Bool = true)
        -> StoredTenant
    {
        StoredTenant(
            id: Key(id), brokerID: "b", key: TenantKey(namespace: "n", id: id), name: name,
            domains: verified.map { .init(name: $0, isVerified: true) }
                + unverified.map { .init(name: $0, isVerified: false) },
            detailsAt: details ? Date() : nil, firstSeenAt: Date(), excludedAt: nil, excludedReason: nil, source: "p", presence: .present,
            presenceSince: Date(), presenceReason: nil, link: nil)
    }

    private func decisions(
        _ tenants: [StoredTenant], _ organizations: [Organization], taken: Set<Key<Organization>> = []
    ) -> [String] {
        LinkPlan(unlinked: tenants, organizations: organizations, taken: taken).lines.map { line in
            switch line.decision {
            case .create: "create"
            case .link(let id, _, _): "link \(id)"
            case .ask(let candidates, _): "ask \(candidates.map(\.id.rawValue).sorted().joined(separator: ","))"
            }
        }
    }

    @Test func `a verified domain links, an unverified one does not`() {
        let organizations = [organization("o1", "One", "one.example")]
        #expect(decisions([tenant("t1", "Uno", ["one.example"])], organizations) == ["link o1"])
        #expect(decisions([tenant("t1", "Uno", unverified: ["one.example"])], organizations) == ["create"])
    }

    @Test func `the same name alone is a question, whatever its case, accents and legal form`() {
        let organizations = [organization("o1", "Bäckerei Müller GmbH")]
        #expect(decisions([tenant("t1", "BACKEREI MULLER")], organizations) == ["ask o1"])
        #expect(decisions([tenant("t1", "Backerei Muller & Sohn")], organizations) == ["create"])
    }

    @Test func `two organizations of one name are both candidates`() {
        #expect(
            decisions([tenant("t1", "Twin Ltd")], [organization("o1", "Twin"), organization("o2", "TWIN Inc.")]) == [
                "ask o1,o2"
            ])
    }

    @Test func `twins are never linked by themselves`() {
        let organizations = [organization("o1", "One", "one.example")]
        let twins = [tenant("t1", "A", ["one.example"]), tenant("t2", "B", ["one.example"])]
        #expect(decisions(twins, organizations) == ["ask o1", "ask o1"])
        #expect(decisions([tenant("t1", "A", ["one.example"])], organizations, taken: ["o1"]) == ["ask o1"])
    }

    @Test func `domains of two organizations are a question`() {
        let organizations = [organization("o1", "One", "one.example"), organization("o2", "Two", "two.example")]
        #expect(decisions([tenant("t1", "A", ["one.example", "two.example"])], organizations) == ["ask o1,o2"])
    }

    @Test func `tenants of one name are a question, so that no twin is created unseen`() {
        #expect(decisions([tenant("t1", "Twin Ltd"), tenant("t2", "TWIN GmbH")], []) == ["ask ", "ask "])
    }

    @Test func `without its details a tenant is not created while an organization could be its own`() {
        let tenants = [tenant("t1", "Uno", details: false)]
        #expect(decisions(tenants, [organization("o1", "One", "one.example")]) == ["ask "])
        #expect(decisions(tenants, [organization("o1", "One")]) == ["create"])
    }

    @Test func `the fingerprint tells two plans apart`() {
        let plan = { (name: String) in
            LinkPlan(unlinked: [tenant("t1", name)], organizations: [organization("o1", "Same")], taken: []).fingerprint
        }
        #expect(plan("Other") == plan("Other"))
        #expect(plan("Other") != plan("Another"))
        #expect(plan("Other") != plan("Same"))
    }
}
