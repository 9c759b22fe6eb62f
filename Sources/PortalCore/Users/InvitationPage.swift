import HTML
import PortalKit

/// The form that invites somebody.
struct InvitationPage: Sendable {
    let visit: Visit
    let form: InvitationForm
    let search: String
    /// To choose from.
    let organizations: [Organization]
    let countOrganizations: Int
    let brokers: [(id: Key<Broker>, name: String)]

    private var realm: Role.Realm { form.realm }
    private var choosesOrganization: Bool { realm == .organization && visit.user.organizationID == nil }
    private var choosesLimits: Bool { realm == .broker && visit.may(.seeOrganizations) }

    var content: HTML {
        """
        \(when(visit.realms.count > 1, otherKinds))
        \(when((choosesOrganization || choosesLimits) && (countOrganizations > organizations.count || !search.isEmpty), finder))
        \(PortalCore.form(FormPage(
            action: "/users", csrfToken: visit.session.formToken, fields: fields, submit: "Invite",
            cancel: (title: "Cancel", path: "/users"), hidden: [(name: "for", value: realm.rawValue)])))
        """
    }

    private var otherKinds: HTML {
        let others = visit.realms.filter { $0 != realm }
        return """
            <p>This invites \(words(realm)). \(each(others) { other in
                "Or invite <a href=\"\(url: "/users/new?for=\(other.rawValue)")\">\(words(other))</a>."
            })</p>
            """
    }

    private func words(_ realm: Role.Realm) -> String {
        switch realm {
        case .portal: "an administrator of the portal"
        case .broker: visit.session.broker.map { "somebody of \($0.name)" } ?? "somebody of a broker"
        case .organization: "somebody of a customer"
        }
    }

    /// Above the form, since a search loads the page anew.
    private var finder: HTML {
        filters(
            path: "/users/new", search: (label: "Find an organization first", value: search),
            hidden: [(name: "for", value: realm.rawValue)],
            clearPath: search.isEmpty ? nil : "/users/new?for=\(realm.rawValue)")
    }

    private func field(_ name: String, _ label: String, _ kind: FormField.Kind, hint: String? = nil) -> FormField {
        FormField(
            name: name, label: label, hint: hint, value: form.fields[name] ?? "", kind: kind,
            problem: form.problems[name])
    }

    private var fields: [FormField] {
        let roles = visit.user.role.grants.filter { $0.realm == realm }
        var fields = [
            field("name", "Name", .text), field("email", "E-mail", .email, hint: "The invitation goes there."),
            field(
                "role", "Role", .choice(roles.map { (value: $0.rawValue, label: visit.portal.plugins.title(of: $0)) })),
        ]
        if realm == .broker, visit.session.broker == nil {
            fields.append(field("broker", "Broker", .choice(brokers.map { (value: $0.id.rawValue, label: $0.name) })))
        }
        if choosesOrganization {
            fields.append(
                field(
                    "organization", "Organization",
                    .choice(organizations.map { (value: $0.id.rawValue, label: $0.label) })))
        }
        if choosesLimits {
            var reach = LimitsForm.reachField(isLimited: LimitsForm.isLimited(form.fields))
            reach.hint = "Owners see all. Everybody else can be limited."
            reach.problem = form.problems[LimitsForm.reach]
            let boxes = organizations.map { organization in
                let name = LimitsForm.field(organization.id)
                return FormField.Checkbox(name: name, label: organization.label, isChecked: form.fields[name] == "on")
            }
            fields += [reach, field("organizations", "Chosen organizations", .checkboxes(boxes))]
        }
        return fields
    }
}
