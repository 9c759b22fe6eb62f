import Foundation
import HTML
import PortalKit

/// A person, and what somebody who looks after it may change.
struct UserPage {
    let visit: Visit
    let rows: Rows
    let search: String
    let link: HTML?
    let problem: Problem?

    /// What the page is made of.
    struct Rows: Sendable {
        let person: Person
        /// All of the broker's, and in which of them the person is.
        let groups: [UserGroup]
        let memberships: Set<Key<UserGroup>>
        let limits: [Organization]
        /// To choose further limits from.
        let organizations: [Organization]
        let countOrganizations: Int
        let sessions: Int
    }

    /// What was wrong with one of the forms: with a field of it, or, where that is empty, with what was asked at all.
    struct Problem: Sendable {
        var field = ""
        let text: String
    }

    var person: Person { rows.person }
    var csrf: String { visit.session.formToken }

    var content: HTML {
        """
        \(when(problem?.field == "" ? problem : nil) { errorSummary([(field: "", text: $0.text)]) })
        \(link)
        \(facts)
        \(when(visit.may(.manageUsers) && person.user.id == visit.user.id, panel("<p>This is you. What you may do is changed by somebody else who looks after people here.</p>")))
        \(when(visit.looksAfter(person), parts))
        """
    }

    private var facts: HTML {
        let groups = rows.groups.filter { rows.memberships.contains($0.id) }
        var pairs: [(String, HTML)] = [
            ("E-mail", "\(person.user.email)"), ("Role", "\(visit.portal.plugins.title(of: person.user.role))"),
            ("State", personBadge(person)),
        ]
        if let broker = person.brokerName, visit.session.broker == nil { pairs.append(("Broker", name(broker))) }
        if let organization = person.organizationName { pairs.append(("Organization", name(organization))) }
        if person.user.role.realm == .broker {
            pairs.append(
                (
                    "Groups",
                    groups.isEmpty
                        ? quiet("none")
                        : each(groups) { "<div>\(name($0.name)): \(visit.portal.plugins.title(of: $0.role))</div>" }
                ))
            if visit.may(.seeOrganizations) { pairs.append(("Sees", reach)) }
        }
        pairs += [
            ("Second step", person.hasSecondFactor ? "Yes" : quiet("No")),
            ("Last sign-in", person.signedInAt.map { timestamp($0, now: visit.now) } ?? quiet("never")),
            ("Here since", timestamp(person.createdAt, now: visit.now)),
        ]
        return definitionList(pairs)
    }

    private var reach: HTML {
        guard !rows.limits.isEmpty else { return "All organizations" }
        return each(rows.limits) { "<div>\(nameLink($0.name, path: "/organizations/\($0.id)"))</div>" }
    }

    private var parts: HTML {
        """
        \(roleSection)
        \(when(person.user.role.canBeLimited && visit.may(.manageGroups), limitsSection))
        \(when(person.user.role.realm == .broker && visit.may(.manageGroups), groupsSection))
        \(when(person.state != .disabled, signInSection))
        \(stateSection)
        """
    }

    func text(of field: String) -> String? {
        problem.flatMap { $0.field == field ? $0.text : nil }
    }
}
