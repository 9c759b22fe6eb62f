import Hummingbird

/// One request to the identity platform with what every handler needs.
struct EntraCall: Sendable {
    let request: Request
    let context: SandboxContext
    let trace: EntraTrace
    let world: World

    /// The `{tenant}` of the address, or AADSTS90002. Discovery was seen to answer another word there.
    func tenant(error: String = "invalid_request") throws(EntraError) -> TenantSegment {
        let text = context.parameters.get("tenant") ?? ""
        guard let tenant = TenantSegment(text, in: world) else { throw .tenantNotFound(text, error: error) }
        return tenant
    }
}
