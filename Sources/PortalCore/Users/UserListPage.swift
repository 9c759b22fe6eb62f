import Foundation
import HTML
import PortalKit

/// The list of people, with its filters.
struct UserListPage {
    let scope: PeopleScope
    let filter: PeopleFilter
    let rows: [Person]
    let brokers: [(id: Key<Broker>, name: String)]
    let roles: [Role]
    let plugins: PluginRegistry
    let maySeeGroups: Bool
    let now: Date

    var content: HTML {
        """
        \(when(maySeeGroups, #"<p>What several people may do together is set by <a href="/groups">groups</a>.</p>"#))
        \(filterForm)
        \(rows.isEmpty ? emptyState(title: "No match", text: "Nobody here is like this.") : people)
        """
    }

    private var filterForm: HTML {
        var choices = [
            FilterChoice(
                name: "role", label: "Role",
                options: [(value: "", label: "All")] + roles.map { (value: $0.rawValue, label: $0.title) },
                value: filter.role?.rawValue ?? ""),
            FilterChoice(
                name: "state", label: "State",
                options: [(value: "", label: "All")]
                    + Person.State.allCases.map { (value: $0.rawValue, label: $0.rawValue.capitalized) },
                value: filter.state?.rawValue ?? ""),
        ]
        if !brokers.isEmpty {
            choices.append(
                FilterChoice(
                    name: "broker", label: "Broker",
                    options: [(value: "", label: "All")] + brokers.map { (value: $0.id.rawValue, label: $0.name) },
                    value: filter.broker?.rawValue ?? ""))
        }
        return filters(
            path: "/users", search: (label: "Name or e-mail", value: filter.search), choices: choices,
            clearPath: filter.isOn ? "/users" : nil)
    }

    private var people: HTML {
        let places: [(String, (Person) -> HTML)] =
            switch scope {
            case .portal: [("Broker", brokerCell), ("Organization", organizationCell)]
            case .broker: [("Organization", organizationCell)]
            case .organization: []
            }
        let columns = ["Name", "Role"] + places.map(\.0) + ["State", "Second step", "Last sign-in"]
        return table(
            caption: "Users", columns: columns.map { Column(title: $0) },
            rows: rows.map { person in
                [
                    twoLines(nameLink(person.user.name, path: person.path), "\(person.user.email)"),
                    "\(plugins.title(of: person.user.role))",
                ]
                    + places.map { $0.1(person) }
                    + [
                        personBadge(person), person.hasSecondFactor ? "Yes" : quiet("No"),
                        person.signedInAt.map { timestamp($0, now: now) } ?? quiet("never"),
                    ]
            })
    }

    private func brokerCell(_ person: Person) -> HTML { person.brokerName.map(name) ?? quiet("none") }

    private func organizationCell(_ person: Person) -> HTML { person.organizationName.map(name) ?? quiet("none") }
}

func personBadge(_ person: Person) -> HTML {
    switch person.state {
    case .invited: stateBadge(.wait, "Invited", since: UTCTime(person.createdAt).text)
    case .active: stateBadge(.good, "Active")
    case .disabled: stateBadge(.bad, "Disabled", since: person.disabledAt.map { UTCTime($0).text })
    }
}
