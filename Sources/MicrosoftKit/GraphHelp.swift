public import Microsoft
public import PortalKit

/// What Graph's refusals mean and what helps (Microsoft Learn: "Microsoft Graph error responses and resource types").
/// Decided on the HTTP status, since most codes are not documented.
public enum GraphHelp {
    /// Runs a call and puts its fault into words.
    public static func explaining<Answer>(_ call: () async throws -> Answer) async throws -> Answer {
        do {
            return try await call()
        } catch let fault as MicrosoftFault {
            throw problem(fault)
        }
    }

    public static func problem(_ fault: MicrosoftFault) -> Problem {
        var problem = words(for: fault)
        problem.facts = fault.facts
        return problem
    }

    private static func words(for fault: MicrosoftFault) -> Problem {
        switch fault.reason {
        case .unreadable: noUsableAnswer
        case .foreignLink, .endlessPages:
            Problem(
                title: "Microsoft Graph's list leads astray",
                explanation: "Its pages lead back to pages that were read, or out of Microsoft Graph.",
                nextStep: "Try again later; if it stays, show this to Microsoft's support.", actor: .provider)
        case .unsendable:
            Problem(
                title: "The call could not be sent", explanation: "What should go into it is not what it has to be.",
                nextStep: "Show the message below to the administrator of this portal.", actor: .portalAdministrator)
        case .refused where fault.isResyncRequired:
            Problem(
                title: "The changes since the last time are no longer kept",
                explanation: "Too much time has gone by since they were read.",
                nextStep: "Read the whole list again.", actor: .broker)
        case .refused: refusal(fault)
        }
    }

    private static func refusal(_ fault: MicrosoftFault) -> Problem {
        switch fault.status {
        case 401:
            Problem(
                title: "Microsoft Graph does not accept the token",
                explanation: "The authorization has ended, or a policy of the tenant asks for a new sign-in.",
                nextStep: "Sign in again on the authentication page, with MFA.", actor: .partnerAdministrator,
                remedy: .signInAgain)
        case 403:
            Problem(
                title: "The account may not do this in that tenant",
                explanation:
                    "It signed in well, but lacks a role or the consent: in your own tenant a member of Admin Agents is needed, in a customer's the roles of the delegated admin relationship.",
                nextStep:
                    "Check the groups of the account and the roles of the relationship. New roles take some minutes, and count from the next token on.",
                actor: .partnerAdministrator, remedy: .thisOne)
        case 404:
            Problem(
                title: "Microsoft does not find it", explanation: "It was removed, or it never was in that tenant.",
                nextStep: "Read the list again; what is gone is then marked.", actor: .broker, remedy: .thisOne)
        case 409, 412:
            Problem(
                title: "It is not as it was a moment ago",
                explanation: "Somebody else changed it, or something with that name is there.",
                nextStep: "Look at it again, and repeat what you wanted.", actor: .broker, remedy: .thisOne)
        case 429, 500...: noUsableAnswer
        default:
            Problem(
                title: "Microsoft Graph refused the call", explanation: "It gave no cause that this portal knows.",
                nextStep: "Read Microsoft's message below, or show it to Microsoft's support.", actor: .broker)
        }
    }

    private static let noUsableAnswer = Problem(
        title: "Microsoft Graph has a problem", explanation: "It did not give a usable answer.",
        nextStep: "Nothing to do: the portal tries again.", actor: .provider, remedy: .retry)
}
