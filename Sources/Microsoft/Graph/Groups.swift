import HTTPTypes

extension Graph {
    /// Creates a security group. "Create group". After no answer look into ``groups(named:after:)`` first: Graph makes a
    /// second one with the same name.
    public func createSecurityGroup(
        displayName: String, mailNickname: String, description: String? = nil
    ) async throws -> Group {
        try await service.value(
            Call(
                .post, "/v1.0/groups",
                body: NewGroup(displayName: displayName, mailNickname: mailNickname, description: description)))
    }

    /// "List groups".
    ///
    /// - Parameter name: only those with exactly that display name.
    public func groups(named name: String? = nil, after cursor: String?) async throws -> MicrosoftPage<Group> {
        try await page(
            "/v1.0/groups",
            [
                "$filter": name.map { "displayName eq \(ODataText($0))" },
                "$select": "id,displayName,description,securityEnabled,mailEnabled",
            ], after: cursor)
    }

    /// "Add members". "One or more added object references already exist" is a success.
    public func add(member: String, toGroup group: String) async throws -> Creation {
        let object: Path = "/v1.0/directoryObjects/\(member)"
        if object.notAnID != nil { throw MicrosoftFault(.unsendable, "\"\(member.prefix(100))\" is not an id.") }
        return try await service.create(
            Call(
                .post, "/v1.0/groups/\(group)/members/$ref", body: ["@odata.id": service.baseURL + object.text]))
    }

    /// "Remove member".
    public func remove(member: String, fromGroup group: String) async throws {
        _ = try await service.answer(Call(.delete, "/v1.0/groups/\(group)/members/\(member)/$ref"))
    }

    private struct NewGroup: Encodable {
        let displayName: String
        let mailNickname: String
        let description: String?
        let mailEnabled = false
        let securityEnabled = true
    }

    public struct Group: Sendable, Decodable, Equatable {
        public let id: String
        public let displayName: String?
        public let description: String?
        public let securityEnabled: Bool?
        public let mailEnabled: Bool?
    }
}
