import HTTPTypes

extension Graph {
    /// What the portal wants to know of a user.
    public static let userProperties = [
        "id", "displayName", "userPrincipalName", "mail", "givenName", "surname", "jobTitle", "department",
        "accountEnabled", "userType", "usageLocation", "preferredLanguage", "assignedLicenses", "externalUserState",
        "externalUserStateChangeDateTime", "createdDateTime",
    ]

    /// A page of the tenant's users; it may be empty and still not be the last. "List users".
    ///
    /// - Parameter top: 1 to 999; 100 without.
    public func users(
        select: [String] = userProperties, top: Int? = nil, after cursor: String?
    ) async throws -> MicrosoftPage<User> {
        try await page(
            "/v1.0/users", ["$select": select.joined(separator: ","), "$top": top.map { "\($0)" }], after: cursor)
    }

    /// "Get user".
    public func user(_ id: String, select: [String] = userProperties) async throws -> User {
        try await service.value(.get("/v1.0/users/\(id)", ["$select": select.joined(separator: ",")]))
    }

    /// A page of a round of changes. "user: delta". The first round holds everyone; what it selects sticks.
    ///
    /// - Parameter cursor: ``DeltaPage/next`` of the page before, or ``DeltaPage/delta`` of the round before, which lives
    ///   7 days.
    /// - Throws: ``MicrosoftFault`` with ``MicrosoftFault/isResyncRequired`` when that is too old: begin without a cursor.
    public func userChanges(
        select: [String] = userProperties, after cursor: String?
    ) async throws -> DeltaPage<UserChange> {
        let answer = try await service.answer(
            call("/v1.0/users/delta", ["$select": select.joined(separator: ",")], after: cursor, [:]))
        let list = try answer.read(GraphList<UserChange>.self)
        if let link = list.nextLink {
            return DeltaPage(items: list.value, next: try next(link, answer, after: cursor), delta: nil)
        }
        guard let link = list.deltaLink else { throw answer.unreadable("The round of changes has no end.") }
        return DeltaPage(items: list.value, next: nil, delta: try service.checked(link, in: answer))
    }

    /// A page of changes; either ``next`` or ``delta`` is there. An item can come twice: the later one counts.
    public struct DeltaPage<Item: Sendable>: Sendable {
        public let items: [Item]
        public let next: String?
        /// On the last page: where the next round begins.
        public let delta: String?
    }
}
