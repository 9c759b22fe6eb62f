/// A plugin whose tenants are added one by one, since no list of the provider's names them.
public protocol TenantIntake: ProviderPlugin {
    static var intakeForm: Form { get }

    /// The field of the form that holds a name for the tenant, until the provider tells the true one.
    static var nameField: String { get }

    /// Looks the tenant up at the provider. Runs in a job, with the broker's own connection; changes nothing.
    ///
    /// - Throws: ``Problem``; for what was typed wrongly, ``IntakeFinding/problems`` says it at the field instead.
    func look(_ form: Values, _ access: any Access) async throws -> IntakeFinding
}

/// What a look at the provider found.
public struct IntakeFinding: Sendable, Codable {
    /// `nil` where none was found; then ``problems`` says why.
    public let tenant: DiscoveredTenant?
    /// By the names of the form's fields.
    public let problems: [String: FieldProblem]
    /// What may go wrong later, and what to do about it in time. A sentence each.
    public let advice: [String]
    /// Somebody there has consented to this portal before, which says nothing about for whom.
    public let isConsented: Bool

    public init(
        tenant: DiscoveredTenant?, problems: [String: FieldProblem] = [:], advice: [String] = [],
        isConsented: Bool = false
    ) {
        self.tenant = tenant
        self.problems = problems
        self.advice = advice
        self.isConsented = isConsented
    }
}
