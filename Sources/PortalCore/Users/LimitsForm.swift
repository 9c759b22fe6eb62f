import PortalKit

/// Which organizations a person is limited to, as forms ask and tell it.
enum LimitsForm {
    static let reach = "reach"
    private static let chosen = "chosen"

    static func field(_ organization: Key<Organization>) -> String { "organization-\(organization)" }

    static func reachField(isLimited: Bool) -> FormField {
        FormField(
            name: reach, label: "Sees", value: isLimited ? chosen : "all",
            kind: .choice([
                (value: "all", label: "All organizations"),
                (value: chosen, label: "Only the organizations chosen below"),
            ]))
    }

    static func isLimited(_ form: [String: String]) -> Bool { form[reach] == chosen }

    /// The checked ones; empty for all.
    ///
    /// - Throws: ``FieldProblem`` when none is chosen, or one is not there for whoever chooses.
    static func read(_ form: [String: String], in scope: OrganizationScope, _ db: inout DatabaseConnection) throws
        -> [Organization]
    {
        guard isLimited(form) else { return [] }
        let start = field("")
        let ids = form.filter { $0.key.hasPrefix(start) && $0.value == "on" }.keys.sorted().map {
            Key<Organization>(String($0.dropFirst(start.count)))
        }
        guard !ids.isEmpty else { throw FieldProblem("Choose at least one organization, or all of them above.") }
        return try ids.map { id in
            guard let organization = try db.organization(id, of: scope) else {
                throw FieldProblem("One of the organizations is gone. Choose again.")
            }
            return organization
        }
    }
}
