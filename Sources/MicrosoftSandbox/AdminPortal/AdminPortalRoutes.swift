import HTTPTypes
import Hummingbird

/// `/admin`: what a customer's administrator sees of partners in the Microsoft 365 admin center. Its address for an
/// invitation is `/admin/partners/invitation/granularAdminRelationships/{relationshipId}`: the same path as at Microsoft,
/// where it stands behind `https://admin.microsoft.com/AdminPortal/Home#` and so never reaches a server. Source:
/// Microsoft Learn, "Obtain permissions to manage a customer's service or subscription" and "Approve partner
/// relationships".
struct AdminPortalRoutes {
    let sandbox: MicrosoftSandbox

    func add(to router: Router<SandboxContext>) {
        let portal = AdminPortal(sandbox: sandbox)
        let admin = router.group("admin")
        admin.get("partners") { _, _ in try portal.start(.partners) }
        admin.get("partners/invitation/granularAdminRelationships/:id") { _, context in
            try portal.start(.invitation(context.parameters.get("id") ?? ""))
        }
        admin.post("signin") { request, _ in try portal.password(try await FormFields(body: request)) }
        admin.post("mfa") { request, _ in try portal.mfaCode(try await FormFields(body: request)) }
        admin.post("partners") { request, _ in try portal.partners(try await FormFields(body: request)) }
        admin.post("decision") { request, context in
            try portal.decide(try await FormFields(body: request), context.note)
        }
        admin.post("removal") { request, context in
            try portal.remove(try await FormFields(body: request), context.note)
        }
    }
}
