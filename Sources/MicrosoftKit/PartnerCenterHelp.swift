import Foundation
public import Microsoft
public import PortalKit

/// What Partner Center's refusals mean and what helps (Microsoft Learn: "Partner Center REST error codes").
public enum PartnerCenterHelp {
    /// Runs a call and puts its fault into words.
    public static func explaining<Answer>(_ call: () async throws -> Answer) async throws -> Answer {
        do {
            return try await call()
        } catch let fault as MicrosoftFault {
            throw problem(fault)
        }
    }

    /// Whether Partner Center refused for want of MFA.
    public static func isMissingMFA(_ fault: MicrosoftFault) -> Bool {
        // By its code, or in the older form by the words of the header field.
        fault.status == 401 && (fault.code == "900421" || fault.message.localizedCaseInsensitiveContains("MFA"))
    }

    /// Whether Partner Center refused for want of a role.
    public static func isMissingRole(_ fault: MicrosoftFault) -> Bool {
        fault.status == 403 && fault.code != "20002"
    }

    public static func problem(_ fault: MicrosoftFault) -> Problem {
        var problem = words(for: fault)
        problem.facts = fault.facts
        return problem
    }

    public static let missingMFA = Problem(
        title: "The sign-in had no multifactor authentication",
        explanation:
            "Partner Center takes calls only from a sign-in at which Microsoft itself asked for a second step (MFA). A trusted network, a remembered device or another vendor's MFA may have left it out.",
        nextStep:
            "Switch MFA on for the account, in Microsoft's own settings and for every sign-in, and sign in again.",
        actor: .partnerAdministrator, remedy: .signInAgain)

    private static let endlessPages = Problem(
        title: "Partner Center's list does not end",
        explanation: "Its pages lead back to pages that were read, or out of Partner Center.",
        nextStep: "Try again later; if it stays, show this to Microsoft's support.", actor: .provider)

    private static let missingRole = Problem(
        title: "The account may not do this in Partner Center",
        explanation:
            "It signed in well, but lacks the role: Partner Center wants a member of Admin Agents, and indirect resellers have no access to its API.",
        nextStep:
            "In Partner Center, under User management, set \"Assists your customers as\" to Admin agent, and sign in again.",
        actor: .partnerAdministrator)

    private static func words(for fault: MicrosoftFault) -> Problem {
        if isMissingMFA(fault) { return missingMFA }
        if fault.reason == .endlessPages || fault.reason == .foreignLink { return endlessPages }
        switch (fault.status, fault.code) {
        case (403, "20002"):
            return Problem(
                title: "Microsoft knows no reseller relationship with this customer",
                explanation: "Partner Center refuses everything about it.",
                nextStep: "Ask the customer to accept your reseller invitation, or exclude the tenant.", actor: .broker,
                remedy: .thisOne)
        case (404, _):
            return Problem(
                title: "Microsoft does not find it",
                explanation: "It was removed, or it never belonged to this partner.",
                nextStep: "Read the list again; what is gone is then marked.", actor: .broker, remedy: .thisOne)
        case (403, _):
            return missingRole
        case (401, _):
            return Problem(
                title: "Partner Center does not accept the token",
                explanation: "The authorization has ended, or is not meant for Partner Center.",
                nextStep: "Sign in again on the authentication page, with MFA.", actor: .partnerAdministrator,
                remedy: .signInAgain)
        case (429, _), (500..., _), (200, _):
            return Problem(
                title: "Partner Center has a problem", explanation: "It did not give a usable answer.",
                nextStep: "Nothing to do: the portal tries again.", actor: .provider, remedy: .retry)
        default:
            return Problem(
                title: "Partner Center refused the call", explanation: "It gave no cause that this portal knows.",
                nextStep: "Read Microsoft's message below, or show it to Microsoft's support.", actor: .broker)
        }
    }
}
