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
        admin.get("partners", use: page(.partnerList) { _, _ in try portal.start(.partners) })
        admin.get(
            "partners/invitation/granularAdminRelationships/:id",
            use: page(.approval) { _, context in
                try portal.start(.invitation(context.parameters.get("id") ?? ""))
            })
        admin.post("signin", use: form(.adminSignin) { fields, _ in try portal.password(fields) })
        admin.post("mfa", use: form(.adminSignin) { fields, _ in try portal.mfaCode(fields) })
        admin.post("partners", use: form(.partnerList) { fields, _ in try portal.partners(fields) })
        admin.post("decision", use: form(.approval) { try portal.decide($0, $1) })
        admin.post("removal", use: form(.partnerList) { try portal.remove($0, $1) })
    }

    private typealias Responder = @Sendable (Request, SandboxContext) async throws -> Response

    private func form(
        _ call: ServiceCall, _ handler: @escaping @Sendable (FormFields, RequestNote) throws -> Response
    ) -> Responder {
        page(call) { request, context in try handler(try await FormFields(body: request), context.note) }
    }

    /// Of the faults before an answer, only `slow`.
    private func page(_ call: ServiceCall, _ handler: @escaping Responder) -> Responder {
        { request, context in
            context.note.call = call
            if let fault = sandbox.faults.take(call, [.slow]) {
                context.note.add("fault: \(fault.kind.rawValue)")
                try await fault.delay()
            }
            return try await handler(request, context)
        }
    }
}
