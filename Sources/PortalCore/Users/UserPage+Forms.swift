import HTML
import PortalKit

/// The forms of a person's page, a section each.
extension UserPage {
    var roleSection: HTML {
        let roles = visit.user.role.grants.filter { $0.realm == person.user.role.realm }
        return section(
            "Role", intro: "What this person may do. A change takes effect with the next click.",
            form(
                FormPage(
                    action: "\(person.path)/role", csrfToken: csrf,
                    fields: [
                        FormField(
                            name: "role", label: "Role", value: person.user.role.rawValue,
                            kind: .choice(
                                roles.map { (value: $0.rawValue, label: visit.portal.plugins.title(of: $0)) }),
                            problem: text(of: "role"))
                    ],
                    submit: "Change role", style: .secondary)))
    }

    var limitsSection: HTML {
        let chosen = Set(rows.limits.map(\.id))
        let others = rows.organizations.filter { !chosen.contains($0.id) }
        let boxes = (rows.limits + others).map { organization in
            FormField.Checkbox(
                name: LimitsForm.field(organization.id), label: organization.label,
                isChecked: chosen.contains(organization.id))
        }
        let needsFinder = rows.countOrganizations > rows.organizations.count || !search.isEmpty
        return section(
            "Organizations", id: "limits",
            intro:
                "Whoever is limited sees the chosen organizations, their tenants and totals, and nothing that concerns the whole broker.",
            """
            \(when(needsFinder, filters(path: person.path, search: (label: "Find an organization", value: search), clearPath: search.isEmpty ? nil : person.path)))
            \(form(FormPage(
                action: "\(person.path)/limits", csrfToken: csrf,
                fields: [
                    LimitsForm.reachField(isLimited: !chosen.isEmpty),
                    FormField(name: "organizations", label: "Chosen organizations", kind: .checkboxes(boxes), problem: text(of: "organizations"), isRequired: false),
                ],
                submit: "Save", style: .secondary)))
            """)
    }

    var groupsSection: HTML {
        guard !rows.groups.isEmpty else {
            return section(
                "Groups", id: "groups",
                panel(
                    #"<p>There are no groups yet. <a href="/groups/new">Make a group</a> to give a role to several people at once.</p>"#
                ))
        }
        let boxes = rows.groups.map { group in
            FormField.Checkbox(
                name: "group-\(group.id)", label: "\(group.name): \(visit.portal.plugins.title(of: group.role))",
                isChecked: rows.memberships.contains(group.id))
        }
        return section(
            "Groups", id: "groups", intro: "Each group gives its role to its members, beside their own.",
            form(
                FormPage(
                    action: "\(person.path)/groups", csrfToken: csrf,
                    fields: [
                        FormField(name: "groups", label: "Member of", kind: .checkboxes(boxes), isRequired: false)
                    ],
                    submit: "Save", style: .secondary)))
    }

    var signInSection: HTML {
        let isInvited = person.state == .invited
        return section(
            "Sign-in",
            intro: isInvited
                ? "The invitation has not been used yet. A new one replaces it."
                : "\(counted(rows.sessions, "session is", "sessions are")) open.",
            """
            <div class="actions">
            \(isInvited
                ? postButton("Send a new invitation", action: "\(person.path)/invitation", csrfToken: csrf)
                : postButton("Send a link to set a new password", action: "\(person.path)/password-reset", csrfToken: csrf))
            \(when(rows.sessions > 0, postButton("End all sessions", action: "\(person.path)/signing-out", csrfToken: csrf)))
            \(when(person.hasSecondFactor, postButton("Reset the second step", action: "\(person.path)/second-factor-reset", csrfToken: csrf)))
            </div>
            """)
    }

    var stateSection: HTML {
        let isDisabled = person.state == .disabled
        return section(
            isDisabled ? "Disabled" : "Disable",
            intro: isDisabled
                ? "This person can't sign in. Role, groups and history are kept."
                : "Ends all sessions at once, and keeps role, groups and history.",
            """
            <div class="actions">
            \(isDisabled
                ? postButton("Enable", action: "\(person.path)/enabling", csrfToken: csrf)
                : postButton("Disable", action: "\(person.path)/disabling", csrfToken: csrf, style: .danger))
            \(when(person.canBeDeleted, linkButton("Withdraw the invitation…", path: "\(person.path)/removal", style: .secondary)))
            </div>
            """)
    }
}

extension Organization {
    /// For choices: names alone come twice.
    var label: String { domain.map { "\(name) (\($0))" } ?? name }
}
