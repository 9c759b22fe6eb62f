import OpenIDConnect
import PortalKit

/// What Entra ID's refusals mean and what helps. Decided on the OAuth `error`; the AADSTS numbers choose the words only
/// (Microsoft Learn: "Microsoft Entra authentication and authorization error codes": never branch on the numbers).
enum EntraHelp {
    static func problem(_ error: OAuthError) -> Problem {
        var problem = words(for: error)
        problem.remedy = remedy(for: error)
        problem.facts = facts(of: error)
        return problem
    }

    /// Of a code's exchange: what is refused there is this answer, not an authorization from before.
    static func exchangeProblem(_ error: OAuthError, tenant: String) -> Problem {
        var problem = problem(error)
        if codes(of: error).contains(700_005) {
            problem.title = "The account belongs to another tenant"
            problem.explanation = "The sign-in ended in another tenant than \(tenant), the Microsoft ID that was typed."
            problem.nextStep = "Check the Microsoft ID, or sign in with an account of that tenant."
            problem.actor = .broker
        } else if error.error == "invalid_grant", codes(of: error).allSatisfy({ catalogue[$0] == nil }) {
            problem.title = "Microsoft did not accept the answer"
            problem.explanation = "What came back from its sign-in page could not be exchanged."
            problem.nextStep = "Start again from the authentication page."
            problem.actor = .broker
        }
        problem.remedy = problem.remedy == .signInAgain ? .none : problem.remedy
        return problem
    }

    private static func remedy(for error: OAuthError) -> Problem.Remedy {
        switch error.error {
        case "invalid_grant", "interaction_required", "consent_required", "login_required": .signInAgain
        case "temporarily_unavailable", "server_error": .retry
        case "": error.status >= 500 ? .retry : .none
        default: .none
        }
    }

    private static func words(for error: OAuthError) -> Problem {
        for code in codes(of: error) {
            if let help = catalogue[code] {
                return Problem(
                    title: help.title, explanation: help.explanation, nextStep: help.nextStep, actor: help.actor)
            }
        }
        switch error.error {
        case "access_denied":
            return refused
        case "invalid_grant", "interaction_required", "login_required":
            return Problem(
                title: "Microsoft no longer accepts the sign-in",
                explanation:
                    "The stored authorization has ended: it was revoked, it expired, or a policy asks for a new sign-in.",
                nextStep: "Sign in again on the authentication page, with MFA.", actor: .partnerAdministrator)
        case "invalid_client", "unauthorized_client":
            return Problem(
                title: "Microsoft does not accept this portal's application",
                explanation: "Its id or its secret is wrong or has expired.",
                nextStep: "Ask the administrator of this portal to check the application's settings.",
                actor: .portalAdministrator)
        case "temporarily_unavailable", "server_error", "":
            return Problem(
                title: "Microsoft's sign-in service has a problem", explanation: "It did not give a usable answer.",
                nextStep: "Try again in some minutes; if it stays, look at Microsoft's service health.",
                actor: .provider)
        default:
            return Problem(
                title: "Microsoft refused the sign-in", explanation: "It gave no cause that this portal knows.",
                nextStep: "Read Microsoft's message below, and start again from the authentication page.",
                actor: .broker)
        }
    }

    /// Of the answer, or of the text, where a redirect brings nothing else.
    private static func codes(of error: OAuthError) -> [Int] {
        error.codes + error.description.matches(of: /AADSTS(\d+)/).compactMap { Int($0.output.1) }
    }

    private static func facts(of error: OAuthError) -> [Problem.Fact] {
        let firstLine = error.description.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let named: [(String, String?)] = [
            ("Microsoft's code", codes(of: error).first.map { "AADSTS\($0)" }), ("Error", error.error),
            ("Microsoft's message", firstLine), ("Time", error.time), ("Trace id", error.traceID),
            ("Correlation id", error.correlationID),
        ]
        return named.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : Problem.Fact(name, $0) } }
    }

    static let refused = Problem(
        title: "Consent was refused", explanation: "On Microsoft's page, Cancel was chosen instead of Accept.",
        nextStep:
            "Sign in again and accept what is asked for. If you may not accept it, ask your Global Administrator to sign in here.",
        actor: .broker)

    static let incomplete = Problem(
        title: "Microsoft did not grant all that was asked for",
        explanation: "The answer holds no identity or no lasting authorization.",
        nextStep: "Sign in again and accept everything on the consent page.", actor: .broker)

    static func otherTenant(typed: String, found: String) -> Problem {
        Problem(
            title: "The account belongs to another tenant",
            explanation: "The Microsoft ID that was typed is another one than that of the account that signed in.",
            nextStep: "Check the Microsoft ID, or sign in with an account of that tenant.", actor: .broker,
            facts: [Problem.Fact("Microsoft ID typed", typed), Problem.Fact("Tenant of the account", found)])
    }

    static func notGenuine(_ error: IDTokenError) -> Problem {
        Problem(
            title: "Microsoft's answer could not be verified",
            explanation: "The identity in it was not proved to be Microsoft's, or not meant for this sign-in.",
            nextStep: "Sign in again. If it stays, check this portal's clock and its connection to Microsoft.",
            actor: .portalAdministrator,
            facts: [Problem.Fact("Check", "\(error)")])
    }

    static func problem(_ error: DiscoveryError, tenant: String) -> Problem {
        if case .refused(let status, let body) = error {
            let refusal = OAuthError(status: status, body: body)
            if status < 500 { return problem(refusal) }
        }
        return Problem(
            title: "Microsoft's sign-in service has a problem",
            explanation: "The facts about the tenant could not be read.",
            nextStep: "Nothing to do at once: the portal tries again.", actor: .provider, remedy: .retry,
            facts: [Problem.Fact("Tenant", tenant)])
    }

    private struct Help {
        let title: String
        let explanation: String
        let nextStep: String
        let actor: Actor

        init(_ title: String, _ explanation: String, _ nextStep: String, _ actor: Actor) {
            self.title = title
            self.explanation = explanation
            self.nextStep = nextStep
            self.actor = actor
        }
    }

    private static let signInAgain = "Sign in again on the authentication page, with MFA."

    private static let catalogue: [Int: Help] = [
        50_011: Help(
            "The redirect address is not registered",
            "Microsoft knows this portal's application, but not the address to come back to.",
            "Register exactly the redirect address that the authentication page shows.", .portalAdministrator),
        50_020: Help(
            "The account is not in that tenant", "It belongs to another directory.",
            "Check the Microsoft ID, or use an account of that tenant.", .broker),
        50_034: Help(
            "The account is not known in that tenant", "There is no such user.",
            "Check the Microsoft ID and the account.", .broker),
        50_053: Help(
            "The account is locked", "Too many wrong tries, or a blocked address.",
            "Wait, or ask your administrator to unlock it.", .partnerAdministrator),
        50_057: Help(
            "The account is disabled", "An administrator has disabled it.", "Use another account, or have it enabled.",
            .partnerAdministrator),
        50_076: Help(
            "Microsoft demands multifactor authentication", "A policy asks for MFA since the last sign-in.",
            signInAgain, .partnerAdministrator),
        50_078: Help(
            "The proof of MFA is too old", "\"Remember MFA\" has run out for the account.",
            "Switch off remembering MFA for this account, and sign in again.", .partnerAdministrator),
        50_079: Help(
            "The account has no MFA yet", "Microsoft wants it to be set up.",
            "Set up MFA for the account, and sign in again.", .partnerAdministrator),
        50_173: Help(
            "The password was changed or the sessions were revoked", "So every authorization from before has ended.",
            signInAgain,
            .partnerAdministrator),
        53_003: Help(
            "Conditional Access blocks the sign-in", "A policy of the tenant does not allow it.",
            "Ask your administrator to exclude this portal's application or account.", .partnerAdministrator),
        54_005: Help(
            "The answer was used already", "A code of Microsoft works once.",
            "Start again from the authentication page.", .broker),
        65_001: Help(
            "Consent is missing", "Nobody has allowed this portal's application yet.",
            "Sign in again and accept what is asked for.", .broker),
        65_004: Help(
            "Consent was refused", "On Microsoft's page, Cancel was chosen instead of Accept.",
            "Sign in again and accept what is asked for. If you may not accept it, ask your Global Administrator to sign in here.",
            .broker),
        70_008: Help(
            "The answer came too late", "A code of Microsoft lives for ten minutes.",
            "Start again from the authentication page.", .broker),
        70_043: Help(
            "A sign-in frequency policy has ended the authorization",
            "The tenant asks this account to sign in again and again.",
            "Exempt the account from the policy, and sign in again.", .partnerAdministrator),
        90_002: Help(
            "There is no such tenant", "Microsoft does not know the Microsoft ID that was typed.",
            "Check the Microsoft ID in Partner Center, under Account settings.", .broker),
        90_094: Help(
            "An administrator must approve", "The account may not accept this by itself.",
            "Ask your Global Administrator to sign in here.", .partnerAdministrator),
        700_016: Help(
            "The application is not known in that tenant", "Microsoft does not find this portal's application.",
            "Check the Microsoft ID; if it is right, ask the administrator of this portal to check the application id.",
            .portalAdministrator),
        700_082: Help(
            "The authorization was not used for 90 days", "Microsoft has ended it for that reason.", signInAgain,
            .partnerAdministrator),
        7_000_215: Help(
            "The application's secret is wrong", "Microsoft does not accept this portal's secret.",
            "Ask the administrator of this portal to set the present secret.", .portalAdministrator),
        7_000_222: Help(
            "The application's secret has expired", "Microsoft does not accept it any more.",
            "Ask the administrator of this portal to make a new secret.", .portalAdministrator),
    ]
}
