import Foundation
import Hummingbird

/// A sign-in for `/authorize`, to the answer with a code.
extension SignIn {
    func authorize(_ fields: FormFields, version: EndpointVersion) throws -> Response {
        let target = try redirectTarget(fields)
        do {
            if let fault = sandbox.faults.take(.authorize, [.refusal]) {
                note.add("fault: \(fault.kind.rawValue)")
                throw EntraError.refusal(Int(fault.form) ?? 0)
            }
            let request = try AuthorizationRequest(
                fields, target: target, clientID: sandbox.world.application.id, tenant: tenant, version: version)
            return try start(.authorization(request), account: request.loginHint)
        } catch let error as EntraError {
            return failure(error, target)
        }
    }

    /// Throws what must be shown as a page.
    func redirectTarget(_ fields: FormFields) throws(EntraError) -> RedirectTarget {
        guard let clientID = fields["client_id"] else { throw EntraError.missing("client_id") }
        let application = sandbox.world.application
        guard clientID.lowercased() == application.id else {
            throw EntraError.applicationNotFound(clientID, in: tenant.pathPart)
        }
        return try RedirectTarget(fields, application: application)
    }

    /// The consent page where something asked for is not granted yet, or where `prompt=consent` asks for it.
    func reviewAuthorization(_ request: AuthorizationRequest, _ flow: SignInFlow, _ account: Account) async throws
        -> Response
    {
        let user = try sandbox.user(account, at: tenant)
        let missing = missingPermissions(request, user)
        let knows = sandbox.knowsApplication(in: user.directory.id)
        if user.relation == .delegatedAdministrator, !knows {
            throw EntraError.applicationNotAuthorized(sandbox.world.application)
        }
        guard !missing.isEmpty || !knows || request.asksForConsent else {
            return try await finish(request, flow, user)
        }
        let pages = ConsentPages(tenant: tenant, application: sandbox.world.application)
        guard mayConsent(user, to: missing) else {
            return .page(pages.administratorNeeded(try seal(flow), user: user, permissions: missing))
        }
        return .page(pages.consent(try seal(flow), user: user, scopes: request.scopes))
    }

    func decide(
        _ request: AuthorizationRequest, _ flow: SignInFlow, _ account: Account, accepts: Bool, forOrganization: Bool
    ) async throws -> Response {
        let user = try sandbox.user(account, at: tenant)
        guard mayConsent(user, to: missingPermissions(request, user)) else {
            return failure(.needsAdministrator, request.target)
        }
        guard accepts else { return failure(.declined, request.target) }
        // Who comes from a partner has no account here that a consent could be for.
        let isForAll = user.mayConsentForOrganization && (forOrganization || user.relation == .delegatedAdministrator)
        let permissions = request.scopes.consentable(sandbox.world.application.permissions)
        try sandbox.store.update {
            $0.consents.add(permissions, tenant: user.directory.id, account: isForAll ? nil : user.objectID)
        }
        note.changed("consent in \(user.directory.id) for \(isForAll ? "everybody" : user.objectID)")
        return try await finish(request, flow, user)
    }

    private func missingPermissions(_ request: AuthorizationRequest, _ user: TenantUser) -> [ResourceScope] {
        let granted = sandbox.store.read {
            $0.consents.granted(tenant: user.directory.id, account: user.objectID)
        }
        return request.scopes.consentable(sandbox.world.application.permissions).filter { !granted.contains($0) }
    }

    private func mayConsent(_ user: TenantUser, to permissions: [ResourceScope]) -> Bool {
        if user.mayConsentForOrganization || permissions.isEmpty { return true }
        return user.relation != .delegatedAdministrator && !permissions.contains(where: \.needsAdministrator)
    }

    private func finish(_ request: AuthorizationRequest, _ flow: SignInFlow, _ user: TenantUser) async throws
        -> Response
    {
        let revocations = sandbox.revocations(of: user.account)
        var code: String?
        if request.responseType.givesCode {
            let contents = AuthorizationCode(
                id: UUID().uuidString, request: request, tenantID: user.directory.id, accountID: user.account.id,
                amr: flow.amr, issuedAt: sandbox.now, revocations: revocations)
            code = try Sealer(sandbox.store).seal(contents, as: .authorizationCode)
        }
        guard request.responseType.givesIDToken else { return request.target.success(code: code, idToken: nil) }
        let subject = TokenSubject(
            user: user, amr: flow.amr, claims: request.claims, nonce: request.nonce,
            signInTenantID: user.directory.id, revocations: revocations)
        let issuer = IDTokenIssuer(
            sandbox: sandbox, application: sandbox.world.application, version: request.version)
        let token = try await issuer.token(
            for: subject, tenantID: user.directory.id, scopes: request.scopes, delivery: .authorization(code: code))
        return request.target.success(code: code, idToken: token)
    }
}
