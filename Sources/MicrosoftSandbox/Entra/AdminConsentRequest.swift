/// A request to `/adminconsent` whose application and redirect URI are right. Source: Microsoft Learn, "Admin consent on
/// the Microsoft identity platform".
struct AdminConsentRequest: Codable, Sendable {
    let target: RedirectTarget
    let version: EndpointVersion
    /// As it was asked for, for the answer; the old address has none.
    let scopeText: String?
    let delegated: [ResourceScope]
    let application: [ApplicationPermission]

    /// `.default`, and the old address, ask for all that the application is registered with, application permissions
    /// included; single permissions are delegated ones.
    init(
        _ fields: FormFields, target: RedirectTarget, tenant: TenantSegment, version: EndpointVersion,
        registered: RegisteredPermissions
    ) throws(EntraError) {
        self.target = target
        self.version = version
        if version == .v1 {
            scopeText = nil
            delegated = Resource.consentable.flatMap(registered.delegated)
            application = Resource.consentable.flatMap(registered.application)
        } else {
            guard let text = fields["scope"] else { throw .missing("scope") }
            let scopes = try RequestedScopes(text, tenant: tenant.pathPart)
            scopeText = text
            delegated = scopes.permissions(registered)
            application = scopes.resources.filter { $0.value == ResourceScope.everything }.flatMap {
                registered.application(of: $0.resource)
            }
        }
    }

    func success(tenantID: String) -> [(name: String, value: String?)] {
        [("admin_consent", "True"), ("tenant", tenantID), ("scope", scopeText), ("state", target.state)]
    }

    /// The new address says `admin_consent=True` here too.
    func failure(_ trace: EntraTrace) -> [(name: String, value: String?)] {
        switch version {
        case .v1:
            [
                ("error", "permission_denied"), ("error_description", "The admin canceled the request"),
                ("state", target.state),
            ]
        case .v2:
            [
                ("admin_consent", "True"), ("error", "consent_required"),
                ("error_description", EntraError.declined.description(trace)), ("state", target.state),
            ]
        }
    }
}
