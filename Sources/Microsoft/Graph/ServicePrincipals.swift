import HTTPTypes

extension Graph {
    /// An application's identity in the tenant; nil when it has none. "Get servicePrincipal".
    public func servicePrincipal(applicationID: String) async throws -> ServicePrincipal? {
        let answer = try await service.sent(.get("/v1.0/servicePrincipals(appId='\(applicationID)')"))
        if answer.response.status == .notFound { return nil }
        guard answer.isSuccess else { throw answer.fault() }
        return try answer.read(ServicePrincipal.self)
    }

    /// "Create servicePrincipal"; 409 when it is there. A token endpoint sees it up to a minute later.
    public func createServicePrincipal(applicationID: String) async throws -> ServicePrincipal {
        try await service.value(Call(.post, "/v1.0/servicePrincipals", body: ["appId": applicationID]))
    }

    /// The application permissions that a service principal holds. "List appRoleAssignments".
    public func appRoleAssignments(
        ofPrincipal principal: String, after cursor: String?
    ) async throws -> MicrosoftPage<AppRoleAssignment> {
        try await page("/v1.0/servicePrincipals/\(principal)/appRoleAssignments", after: cursor)
    }

    /// Gives an application permission to a service principal. "Grant an appRoleAssignment to a service principal". One that
    /// is there already is a success.
    ///
    /// - Parameter resource: the id of the API's own service principal in this tenant.
    public func assign(appRole role: String, ofResource resource: String, toPrincipal principal: String) async throws
        -> Creation
    {
        try await service.create(
            Call(
                .post, "/v1.0/servicePrincipals/\(principal)/appRoleAssignments",
                body: ["principalId": principal, "resourceId": resource, "appRoleId": role]))
    }

    /// "List oauth2PermissionGrants".
    ///
    /// - Parameter client: the id of the service principal that they were given to.
    public func permissionGrants(
        ofClient client: String, after cursor: String?
    ) async throws -> MicrosoftPage<PermissionGrant> {
        try await page("/v1.0/oauth2PermissionGrants", ["$filter": "clientId eq \(ODataText(client))"], after: cursor)
    }

    /// Of every application in the tenant. "List oauth2PermissionGrants".
    public func permissionGrants(after cursor: String?) async throws -> MicrosoftPage<PermissionGrant> {
        try await page("/v1.0/oauth2PermissionGrants", after: cursor)
    }

    /// Gives delegated permissions for everybody in the tenant. "Create oAuth2PermissionGrant". "Permission entry already
    /// exists." is a success, and doesn't mean that it has the same scopes: see ``permissionGrants(ofClient:after:)``.
    public func grant(scopes: [String], ofResource resource: String, toClient client: String) async throws -> Creation {
        try await service.create(
            Call(
                .post, "/v1.0/oauth2PermissionGrants",
                body: [
                    "clientId": client, "consentType": "AllPrincipals", "resourceId": resource,
                    "scope": scopes.joined(separator: " "),
                ]))
    }

    /// Replaces the scopes. "Update oAuth2PermissionGrant". May be repeated.
    public func update(permissionGrant id: String, scopes: [String]) async throws {
        _ = try await service.answer(
            Call(
                .patch, "/v1.0/oauth2PermissionGrants/\(id)",
                body: ["scope": scopes.joined(separator: " ")]))
    }

    public struct ServicePrincipal: Sendable, Decodable, Equatable {
        public let id: String
        public let appId: String?
        public let displayName: String?
        public let accountEnabled: Bool?
        /// Application permissions that it offers.
        public let appRoles: [Permission]?
        /// Delegated permissions that it offers.
        public let oauth2PermissionScopes: [Permission]?

        public struct Permission: Sendable, Decodable, Equatable {
            public let id: String
            /// For example `User.Read.All`.
            public let value: String?
        }
    }

    public struct AppRoleAssignment: Sendable, Decodable, Equatable {
        public let id: String
        public let appRoleId: String?
        public let principalId: String?
        public let resourceId: String?
    }

    public struct PermissionGrant: Sendable, Decodable, Equatable {
        public let id: String
        public let clientId: String?
        /// `AllPrincipals` for everybody in the tenant, `Principal` for one user.
        public let consentType: String?
        /// The object id of that one user.
        public let principalId: String?
        public let resourceId: String?
        public let scope: String?

        public var scopes: [String] { scope?.split(separator: " ").map(String.init) ?? [] }
    }
}
