import Hummingbird

/// A sign-in for `/adminconsent`. Source: Microsoft Learn, "Admin consent on the Microsoft identity platform".
extension SignIn {
    func adminConsent(_ fields: FormFields, version: EndpointVersion) throws -> Response {
        if case .any("common") = tenant { throw EntraError.commonNotAllowed }
        let target = try redirectTarget(fields)
        do {
            let request = try AdminConsentRequest(
                fields, target: target, tenant: tenant, version: version,
                registered: sandbox.world.application.permissions)
            return try start(.adminConsent(request))
        } catch let error as EntraError {
            return failure(error, target)
        }
    }

    func reviewAdminConsent(_ request: AdminConsentRequest, _ flow: SignInFlow, _ account: Account) throws -> Response {
        let user = try sandbox.user(account, at: tenant)
        let pages = ConsentPages(tenant: tenant, application: sandbox.world.application)
        guard mayConsent(user, request) else {
            return .page(pages.notAnAdministrator(try seal(flow), user: user, .needsAdministrator, trace))
        }
        return .page(pages.adminConsent(try seal(flow), user: user, request: request))
    }

    func decide(_ request: AdminConsentRequest, _ account: Account, accepts: Bool) throws -> Response {
        let user = try sandbox.user(account, at: tenant)
        guard accepts, mayConsent(user, request) else { return request.target.answer(request.failure(trace)) }
        try sandbox.store.update {
            $0.consents.add(request.delegated, tenant: user.directory.id, account: nil)
            $0.consents.add(request.application, tenant: user.directory.id)
        }
        note.changed("consent in \(user.directory.id) for everybody, application permissions included")
        return request.target.answer(request.success(tenantID: user.directory.id))
    }

    private func mayConsent(_ user: TenantUser, _ request: AdminConsentRequest) -> Bool {
        request.application.isEmpty ? user.mayConsentForOrganization : user.maySetRoles
    }
}
