import Foundation
import HTML
import PortalKit

func intakeForm(
    _ asked: Form, _ service: Service, _ typed: [String: String], _ problems: [String: FieldProblem], csrf: String
) -> HTML {
    form(
        FormPage(
            action: "\(service.path)/intakes", csrfToken: csrf,
            fields: asked.fields.map { field in
                FormField(
                    name: field.name, label: field.label, hint: field.hint, value: typed[field.name] ?? "",
                    autocomplete: "off", problem: problems[field.name]?.message, isRequired: field.isRequired,
                    maxLength: 300, help: field.help.map { (title: $0.title, lines: $0.steps) })
            },
            submit: asked.submit, cancel: (title: "Cancel", path: service.path)))
}

/// What the look has found, before anything is added.
func intakePage(
    _ intake: StoredIntake, _ obstacle: IntakeObstacle?, _ service: Service, _ plugin: any TenantIntake, csrf: String
) -> HTML {
    let again = linkButton("Change what you typed", path: "\(service.path)/intakes/new", style: .secondary)
    if let problem = intake.problem { return problem.box(reference: intake.jobID?.rawValue, action: again) }
    guard let finding = intake.finding, let found = finding.tenant?.inPlainText else {
        return alert(
            .wait, "Looking it up at \(service.manifest.provider)",
            "<p>This takes a few seconds. The page brings itself up to date.</p>")
    }
    let facts = definitionList(
        [
            ("Name at \(service.manifest.provider)", name(found.name)), ("Tenant id", code(found.id)),
            (
                "Domains",
                found.domains.isEmpty ? quiet("not known") : "\(found.domains.map(\.name).joined(separator: ", "))"
            ),
        ]
            + type(of: plugin).intakeForm.fields.filter { !intake.form[$0.name].isEmpty }.map {
                ($0.label, "\(intake.form[$0.name])")
            })
    switch obstacle {
    case .known(let tenant):
        return """
            \(facts)
            \(alert(.warn, "This tenant is there already", "<p>It is in your list as \(nameLink(tenant.name, path: "/tenants/\(tenant.id)")). Nothing was added.</p>"))
            <p>\(again)</p>
            """
    case .anotherBrokers:
        return """
            \(facts)
            \(alert(.bad, "This tenant can't be added here", "<p>Another company that uses this portal looks after it, or a consent to this portal stands there that you did not ask for. A consent at \(service.manifest.provider) names this portal and not the company, so a new one could not be told from it. Once the customer's administrator has taken it back there, the tenant can be added. Your portal administrator can say more.</p>"))
            <p>\(again)</p>
            """
    case nil:
        return """
            \(facts)
            \(when(!finding.advice.isEmpty, alert(.idle, "Good to know", "<ul>\(each(finding.advice) { "<li>\($0)</li>" })</ul>")))
            \(form(FormPage(
                action: "\(service.path)/intakes/\(intake.id)/tenant", csrfToken: csrf, fields: [], submit: "Add tenant",
                cancel: (title: "Change what you typed", path: "\(service.path)/intakes/new"),
                hidden: [(name: "tenant", value: finding.tenant?.id ?? "")])))
            """
    }
}
