import Foundation

/// Makes the token answers. Source: Microsoft Learn, "Access token claims reference", "ID token claims reference" and
/// "Configurable token lifetimes": an access token lives a random 60 to 90 minutes, with continuous access evaluation 20
/// to 28 hours.
struct TokenIssuer {
    let sandbox: MicrosoftSandbox
    let client: AuthenticatedClient
    let version: EndpointVersion
    private let spoiled: SpoiledTokenAnswer?

    init(sandbox: MicrosoftSandbox, client: AuthenticatedClient, version: EndpointVersion, note: RequestNote) {
        self.sandbox = sandbox
        self.client = client
        self.version = version
        let fault = sandbox.faults.take(.token, [.tokenAnswer])
        if let fault { note.add("fault: \(fault.kind.rawValue)") }
        spoiled = fault.flatMap { SpoiledTokenAnswer(rawValue: $0.form) }
    }

    /// `original` are the scopes of the authorization request; a refresh has none and always brings a new refresh
    /// token.
    func answer(for subject: TokenSubject, scopes: RequestedScopes, original: RequestedScopes?) async throws -> JSON {
        var permissions = try grantedPermissions(subject, scopes)
        if spoiled == .otherScope { permissions = [ResourceScope(resource: scopes.audience, value: "Calendars.Read")] }
        let lifetime = Int.random(in: subject.claims.understandsChallenges ? 72_000...100_800 : 3600...5399)
        let refresh = RefreshToken(
            accountID: subject.user.account.id, tenantID: subject.signInTenantID, clientID: client.application.id,
            scopes: scopes, amr: subject.amr, issuedAt: sandbox.now, revocations: subject.revocations)
        let keepsRefreshToken = (original?.asksForRefreshToken ?? true) && spoiled != .noRefreshToken
        let asksForIDToken = (original ?? scopes).asksForIDToken
        var members: [JSON.Member] = times(lifetime, scopes.audience)
        members.append(JSON.Member("scope", .string(scopeText(scopes, permissions))))
        members.append(
            JSON.Member("access_token", .string(try await accessToken(subject, scopes, permissions, lifetime))))
        if keepsRefreshToken {
            let sealed = try Sealer(sandbox.store).seal(refresh, as: .refreshToken)
            members.append(JSON.Member("refresh_token", .string(sealed)))
        }
        if asksForIDToken {
            let token = IDTokenIssuer(sandbox: sandbox, application: client.application, version: version)
            let text = try await token.token(
                for: subject, tenantID: tenantID(subject.tenantID), scopes: original ?? scopes, delivery: .token)
            members.append(JSON.Member("id_token", .string(text)))
        }
        return .object(members)
    }

    /// Without a user: no refresh token and no scope; `roles` only when some were consented to.
    func appOnlyAnswer(directory: Directory, resource: Resource) async throws -> JSON {
        let lifetime = 3599
        let granted = sandbox.store.read { $0.consents.applicationPermissions(tenant: directory.id) }
        let roles = granted.filter { $0.resource == resource }.map(\.value)
        let principal = ServicePrincipal.objectID(tenant: directory.id)
        let text = try await sign(
            resource,
            AccessTokenContents(
                tenantID: tenantID(directory.id), lifetime: lifetime, objectID: principal, subject: principal,
                roles: roles.isEmpty ? nil : roles))
        return .object(times(lifetime, resource) + [JSON.Member("access_token", .string(text))])
    }

    /// Texts of digits, and more of them, at the old endpoint.
    private func times(_ lifetime: Int, _ resource: Resource) -> [JSON.Member] {
        let shown = spoiled?.expiresIn ?? lifetime
        let type = JSON.Member("token_type", "Bearer")
        guard version == .v1 else {
            return [type, JSON.Member("expires_in", .integer(shown)), JSON.Member("ext_expires_in", .integer(shown))]
        }
        let now = Int(sandbox.now.timeIntervalSince1970)
        return [
            type, JSON.Member("expires_in", .string(String(shown))),
            JSON.Member("ext_expires_in", .string(String(shown))),
            JSON.Member("expires_on", .string(String(now + lifetime))), JSON.Member("not_before", .string(String(now))),
            JSON.Member("resource", .string(resource.identifier)),
        ]
    }

    /// For `.default` all that was consented to on that API; for named ones exactly these, or AADSTS65001.
    private func grantedPermissions(_ subject: TokenSubject, _ scopes: RequestedScopes) throws -> [ResourceScope] {
        let application = client.application
        guard sandbox.knowsApplication(in: subject.tenantID) else {
            throw subject.user.relation == .delegatedAdministrator
                ? EntraError.applicationNotAuthorized(application)
                : .applicationNotFound(application.id, in: subject.tenantID)
        }
        let wanted = scopes.resources.filter { $0.resource == scopes.audience }
        let named = wanted.filter { $0.value != ResourceScope.everything }
        let all = scopes.audience.delegatedPermissions
        let granted =
            scopes.audience == .application
            ? Set(all)
            : sandbox.store.read {
                $0.consents.granted(tenant: subject.tenantID, account: subject.user.objectID)
            }
        guard granted.isSuperset(of: named) else { throw EntraError.notConsented(application) }
        let permissions = named.count == wanted.count ? named : all.filter(granted.contains)
        guard !permissions.isEmpty || wanted.isEmpty else { throw EntraError.notConsented(application) }
        return permissions
    }

    /// openid, profile and offline_access are not repeated, but when they are all there is. The old endpoint names the
    /// permissions alone.
    private func scopeText(_ scopes: RequestedScopes, _ permissions: [ResourceScope]) -> String {
        guard !permissions.isEmpty else { return scopes.identity.joined(separator: " ") }
        guard version == .v2 else { return permissions.map(\.value).joined(separator: " ") }
        let asksForEverything = scopes.resources.contains { $0.value == ResourceScope.everything }
        let texts =
            permissions.map(\.text)
            + (asksForEverything ? ["\(scopes.audience.identifier)/\(ResourceScope.everything)"] : [])
        return texts.joined(separator: " ")
    }

    private func accessToken(
        _ subject: TokenSubject, _ scopes: RequestedScopes, _ permissions: [ResourceScope], _ lifetime: Int
    ) async throws -> String {
        let losesMFA = sandbox.faults.take(.token, [.mfaClaimMissing]) != nil
        let scp = permissions.isEmpty ? scopes.identity : permissions.map(\.value)
        return try await sign(
            scopes.audience,
            AccessTokenContents(
                tenantID: tenantID(subject.tenantID), lifetime: lifetime, objectID: subject.user.objectID,
                subject: TokenSubject.pairwise(subject.user.objectID, scopes.audience.identifier), user: subject.user,
                amr: losesMFA ? subject.amr.filter { $0 != "mfa" } : subject.amr, scp: scp.joined(separator: " "),
                claims: subject.claims))
    }

    /// Microsoft's APIs take v1.0 tokens, the application's own a v2.0 one: the API decides, not the endpoint.
    private func sign(_ resource: Resource, _ contents: AccessTokenContents) async throws -> String {
        let now = Int(sandbox.now.timeIntervalSince1970)
        if resource == .application {
            let issuer = DiscoveryDocuments.issuer(tenant: contents.tenantID, base: sandbox.configuration.base)
            return try await sandbox.keys.sign(contents.v2(client, audience: resource, issuer: issuer, now: now))
        }
        return try await sandbox.keys.sign(contents.v1(client, audience: resource, now: now))
    }

    private func tenantID(_ right: String) -> String {
        guard spoiled == .otherTenant else { return right }
        return right == World.libertyTenantID ? World.acmeTenantID : World.libertyTenantID
    }
}
