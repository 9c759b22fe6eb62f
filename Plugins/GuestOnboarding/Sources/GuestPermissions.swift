import PortalKit

/// What is asked for in a customer's tenant, and what came of it (Microsoft Learn: "Microsoft Graph permissions reference").
enum GuestPermissions {
    /// Of the application itself, without which the set-up can't go on.
    static let required = ["User.Invite.All", "User.Read.All", "Organization.Read.All"]
    static let readGrants = "DelegatedPermissionGrant.Read.All"
    private static let secureScore = "SecurityEvents.Read.All"
    /// Of the application itself, without which something is missing later.
    private static let wished = [readGrants, secureScore]
    /// Of the guest, with the administrator's consent for everybody.
    private static let ofGuest = ["User.Read.All", "Organization.Read.All", secureScore]
    /// What the guest accepts itself.
    static let ofGuestItself = ["User.Read"]

    /// In the order of the page.
    static let asked = required + wished

    static func notes(
        application: Set<String>?, guest: Set<String>?, onBehalf: Set<String>?, tenant: SetupTenant
    ) -> [AccessNote] {
        let (application, guest) = (application ?? [], guest ?? [])
        let missing = Set(wished.filter { !application.contains($0) } + ofGuest.filter { !guest.contains($0) }).sorted()
        let extraOwn = application.subtracting(required + wished)
        let extraGuest = guest.subtracting(ofGuest + ofGuestItself + ["openid", "profile", "email", "offline_access"])
        let more = extraOwn.union(extraGuest).sorted()
        let ticked = (onBehalf ?? []).intersection(ofGuestItself).sorted()
        return missing.map { AccessNote(.missing, $0, means($0)) }
            + more.map { AccessNote(.moreThanAsked, $0, tooMuch(tenant)) }
            + ticked.map {
                AccessNote(
                    .moreThanAsked, "\($0), on behalf of the organization",
                    "\"Consent on behalf of your organization\" was ticked, so it counts for all people of \(tenant.name). An administrator there can take it back at entra.microsoft.com: Enterprise applications, this portal's application, Permissions."
                )
            }
    }

    private static func means(_ permission: String) -> String {
        let effect =
            switch permission {
            case secureScore: "the Secure Score of the tenant can't be read"
            case readGrants: "the portal can't see whether more was granted than asked for"
            default: "a part of the tenant can't be read"
            }
        return
            "Without it, \(effect). Check that this portal's application is registered with it, then ask the customer for the rest."
    }

    private static func tooMuch(_ tenant: SetupTenant) -> String {
        "Nobody asked for it, and the portal does not use it. An administrator of \(tenant.name) can take it back at entra.microsoft.com: Enterprise applications, this portal's application, Permissions."
    }
}
