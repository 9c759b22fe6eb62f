import HTML
import PortalKit

func groupList(_ rows: [(group: UserGroup, members: [Person])], _ plugins: PluginRegistry) -> HTML {
    guard !rows.isEmpty else {
        return emptyState(
            title: "No groups yet",
            text:
                "A group saves giving the same role to one after the other, and taking it away again. Here is each with its role and its members."
        )
    }
    return table(
        caption: "Groups",
        columns: [Column(title: "Name"), Column(title: "Role"), Column(title: "Members", numeric: true)],
        rows: rows.map { row in
            [
                nameLink(row.group.name, path: row.group.path), "\(plugins.title(of: row.group.role))",
                "\(row.members.count)",
            ]
        })
}

/// For those who look.
func groupPage(_ group: UserGroup, _ members: [Person], _ plugins: PluginRegistry) -> HTML {
    """
    \(definitionList([("Role", "\(plugins.title(of: group.role))")]))
    \(section("Members", members.isEmpty
        ? emptyState(title: "Nobody yet", text: "The group gives its role to nobody so far.", level: .h3)
        : table(
            caption: "Members", columns: [Column(title: "Name"), Column(title: "State")],
            rows: members.map { [twoLines(nameLink($0.user.name, path: $0.path), "\($0.user.email)"), personBadge($0)] })))
    """
}

/// What goes with the group.
func groupRemovalPage(_ group: UserGroup, _ members: [Person], _ plugins: PluginRegistry, csrf: String) -> HTML {
    let role = plugins.title(of: group.role)
    let losing = members.filter { $0.user.role != group.role }
    return """
        \(alert(.warn, "What goes", """
            <ul><li>The group \(name(group.name)), for good.</li>
            <li>\(members.isEmpty
                ? "It has no members: nobody loses anything."
                : "\(counted(members.count, "member")) \(members.count == 1 ? "is" : "are") in it no more, and each keeps the own role and other groups.")</li>
            \(when(!losing.isEmpty, "<li>From the next click on, these are no longer \(name(role)) by this group: \(each(losing.enumerated()) { "\(when($0 > 0, ", "))\(name($1.user.name))" }).</li>"))</ul>
            """))
        \(form(FormPage(
            action: "\(group.path)/removal", csrfToken: csrf, fields: [], submit: "Delete the group",
            cancel: (title: "Keep it", path: group.path), style: .danger)))
        """
}

/// The form of a group, for those who may change it.
struct GroupForm {
    /// `nil` for a new one.
    let group: UserGroup?
    let people: [Person]
    let members: Set<Key<User>>
    let typed: [String: String]?
    let problems: [String: String]
    let plugins: PluginRegistry
    let csrf: String

    var content: HTML {
        """
        \(form(FormPage(
            action: group?.path ?? "/groups", csrfToken: csrf, fields: [nameField, roleField, memberField],
            submit: group == nil ? "Make the group" : "Save", cancel: (title: "Cancel", path: "/groups"))))
        \(when(group) { group in
            section("Delete the group", intro: "Its members keep their own roles.", linkButton("Delete…", path: "\(group.path)/removal", style: .secondary))
        })
        """
    }

    private var nameField: FormField {
        FormField(name: "name", label: "Name", value: typed?["name"] ?? group?.name ?? "", problem: problems["name"])
    }

    private var roleField: FormField {
        FormField(
            name: "role", label: "Role", hint: "An owner is made by name, never by a group.",
            value: typed?["role"] ?? group?.role.rawValue ?? "",
            kind: .choice(
                Role.allCases.filter(\.canBeOfGroup).map { (value: $0.rawValue, label: plugins.title(of: $0)) }),
            problem: problems["role"])
    }

    private var memberField: FormField {
        let boxes = people.map { person in
            let field = "person-\(person.user.id)"
            return FormField.Checkbox(
                name: field, label: "\(person.user.name) (\(person.user.email))",
                isChecked: typed.map { $0[field] == "on" } ?? members.contains(person.user.id))
        }
        return FormField(name: "members", label: "Members", kind: .checkboxes(boxes), isRequired: false)
    }
}
