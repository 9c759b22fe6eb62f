import Foundation
import OpenIDConnect
import PortalKit

/// Why a sign-in with a provider did not end in a session.
enum SSOFailure: Error, Equatable {
    // The answer does not belong to a sign-in of this browser.
    case unknownState, otherBrowser, used, late, settingsChanged, otherIssuer, empty
    /// The provider's `error`.
    case refused(String)
    // The provider's token endpoint, keys and id token.
    case exchange(String)
    case slow, unreachable, malformed
    case forbiddenAddress(String)
    case notGenuine(String)
    case clocks(Int)
    // The person.
    case unverified(String?)
    case otherDomain(String)
    case unknownPerson(String)
    case otherAccount, otherPersons, disabled, notFresh

    /// For the audit and the log: without what a stranger could have put there.
    var name: String {
        switch self {
        case .unknownState: "unknown state"
        case .otherBrowser: "other browser"
        case .used: "used already"
        case .late: "too late"
        case .settingsChanged: "settings changed"
        case .otherIssuer: "other issuer"
        case .empty: "neither code nor error"
        case .refused(let error): "refused by the provider: \(error)"
        case .exchange(let error): "code not exchanged: \(error)"
        case .slow: "provider too slow"
        case .unreachable: "provider not reached"
        case .malformed: "provider's answer not readable"
        case .forbiddenAddress(let host): "address not allowed: \(host)"
        case .notGenuine(let check): "id token refused: \(check)"
        case .clocks(let minutes): "clocks differ by \(minutes) min"
        case .unverified: "e-mail not verified"
        case .otherDomain: "e-mail of another domain"
        case .unknownPerson: "nobody with this e-mail"
        case .otherAccount: "linked to another account"
        case .otherPersons: "account of another person"
        case .disabled: "disabled"
        case .notFresh: "not authenticated anew"
        }
    }

    /// Of what the sender, the metadata, the token endpoint or the id token threw.
    init?(_ error: any Error) {
        switch error {
        case let failure as SSOFailure: self = failure
        case SSOSender.Failure.forbiddenAddress(let host): self = .forbiddenAddress(host)
        case SSOSender.Failure.tooSlow: self = .slow
        case SSOSender.Failure.noAnswer: self = .unreachable
        case SSOSender.Failure.tooLong, DiscoveryError.tooLong, DiscoveryError.unreadable: self = .malformed
        case let error as DiscoveryError:
            if case .refused(let status, _) = error { self = .exchange("HTTP \(status)") } else { self = .malformed }
        case let error as OAuthError:
            self = .exchange(error.error.isEmpty ? "HTTP \(error.status)" : Self.plain(error.error))
        case IDTokenError.expired(let ago): self = .clocks(Int(ago.components.seconds / 60))
        case IDTokenError.notYetValid(let ahead): self = .clocks(Int(ahead.components.seconds / 60))
        case IDTokenError.otherIssuer: self = .notGenuine("issuer")
        case let error as IDTokenError: self = .notGenuine("\(error)")
        default: return nil
        }
    }

    /// An OAuth error code (RFC 6749 §4.1.2.1), or what is left of something else.
    static func plain(_ error: String) -> String {
        String(error.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }.prefix(60))
    }
}

extension SSOFailure {
    /// In words for the person at the browser. What the provider wrote is not shown: anybody can write an answer.
    func problem(at provider: String) -> Problem {
        let again = "Go to the sign-in page and start again."
        switch self {
        case .unknownState, .empty:
            return Problem(
                title: "An answer came that does not belong to a sign-in of yours",
                explanation: "It names a sign-in that this portal has not begun. Nobody was signed in.",
                nextStep: again,
                actor: .broker)
        case .otherBrowser:
            return Problem(
                title: "The sign-in was begun in another browser",
                explanation: "It can end only where it began. Nobody was signed in here.", nextStep: again,
                actor: .broker)
        case .used:
            return Problem(
                title: "This sign-in is over",
                explanation: "The answer of the provider was used already, and it works once.", nextStep: again,
                actor: .broker)
        case .late:
            return Problem(
                title: "The sign-in took too long",
                explanation: "More than a quarter of an hour has passed since it began.", nextStep: again,
                actor: .broker)
        case .settingsChanged:
            return Problem(
                title: "The settings of single sign-on were changed meanwhile",
                explanation: "The sign-in was begun with the earlier ones.", nextStep: again, actor: .broker)
        case .otherIssuer:
            return Problem(
                title: "The answer is another provider's",
                explanation: "It does not name \(provider) as its origin. Nothing was sent to anybody.",
                nextStep: again,
                actor: .broker)
        case .refused(let error): return refusal(error, provider)
        case .exchange(let error): return exchangeProblem(error, provider)
        case .slow, .unreachable:
            return Problem(
                title: "\(provider) did not answer", explanation: "The portal waits no longer than ten seconds.",
                nextStep: "Try again in some minutes. If it stays, tell an owner of your company.", actor: .provider)
        case .malformed:
            return Problem(
                title: "\(provider) did not answer as the standard says",
                explanation: "What it sent could not be read, or named addresses that the portal may not call.",
                nextStep: "Tell an owner of your company, who can test the provider on the Security page.",
                actor: .partnerAdministrator)
        case .forbiddenAddress(let host):
            return Problem(
                title: "The portal may not call \(host)",
                explanation: "It calls public addresses by https only, none of internal networks.",
                nextStep: "Tell an owner of your company, who can change the provider's settings.", actor: .broker)
        case .notGenuine, .clocks: return tokenProblem(provider)
        default: return personProblem(provider)
        }
    }

    private func refusal(_ error: String, _ provider: String) -> Problem {
        switch error {
        case "access_denied":
            Problem(
                title: "The sign-in was refused at \(provider)",
                explanation: "Either somebody chose Cancel there, or your account may not use this portal.",
                nextStep: "Start again, or ask your administrator there for access to this portal.",
                actor: .partnerAdministrator)
        case "temporarily_unavailable", "server_error":
            Problem(
                title: "\(provider) has a problem", explanation: "It could not sign you in now.",
                nextStep: "Try again in some minutes.", actor: .provider)
        default:
            Problem(
                title: "\(provider) did not sign you in",
                explanation: "It does not accept what this portal asks for.",
                nextStep: "Tell an owner of your company, with the error below.", actor: .partnerAdministrator,
                facts: [Problem.Fact("Error", error)])
        }
    }

    private func exchangeProblem(_ error: String, _ provider: String) -> Problem {
        if ["invalid_client", "unauthorized_client"].contains(error) {
            return Problem(
                title: "\(provider) does not know this portal",
                explanation: "The client ID or the client secret is wrong, or the secret has expired.",
                nextStep: "Tell an owner of your company, who can enter a new one on the Security page.",
                actor: .broker,
                facts: [Problem.Fact("Error", error)])
        }
        return Problem(
            title: "\(provider) did not complete the sign-in",
            explanation: "It gave a code and then did not take it.",
            nextStep: "Start again. If it stays, tell an owner of your company, with the error below.",
            actor: .partnerAdministrator, facts: [Problem.Fact("Error", error)])
    }

    private func tokenProblem(_ provider: String) -> Problem {
        if case .clocks(let minutes) = self {
            return Problem(
                title: "The clocks of \(provider) and of this portal differ",
                explanation:
                    "By about \(max(minutes, 2)) minutes, and two are allowed. So nobody can tell whether the answer is still valid.",
                nextStep: "Tell the portal's administrator, who checks this machine's clock first.",
                actor: .portalAdministrator)
        }
        return Problem(
            title: "The answer of \(provider) could not be verified",
            explanation: "The identity in it was not proved to be from there, or not meant for this sign-in.",
            nextStep: "Start again. If it stays, tell an owner of your company.", actor: .partnerAdministrator)
    }

    private func personProblem(_ provider: String) -> Problem {
        let invite = "Ask an owner of your company to invite you with this address, or to check the one you have here."
        switch self {
        case .unverified(let email):
            return Problem(
                title: "\(provider) does not vouch for your e-mail address",
                explanation:
                    "At the first time your account here is found by \(email ?? "your e-mail address"), and the provider does not say that it is verified.",
                nextStep:
                    "Sign in with your password once and link your account on your own page, or ask your administrator at \(provider) to have the address verified.",
                actor: .partnerAdministrator)
        case .otherDomain(let email):
            return Problem(
                title: "\(email) is not of a domain that may sign in here",
                explanation: "An owner has set which domains may be linked by themselves.", nextStep: invite,
                actor: .broker)
        case .unknownPerson(let email):
            return Problem(
                title: "Nobody here has the address \(email)",
                explanation: "Single sign-on makes no accounts; it opens those that exist.", nextStep: invite,
                actor: .broker)
        case .otherAccount:
            return Problem(
                title: "Your account here is linked to another account at \(provider)",
                explanation: "An address can become somebody else's, so it is never linked a second time by itself.",
                nextStep: "Ask an owner of your company to end the earlier link on the Security page.", actor: .broker)
        case .otherPersons:
            return Problem(
                title: "This account at \(provider) is another person's here",
                explanation: "You are signed in here as one person, and came back as another.",
                nextStep: "Sign out at the provider, and sign in there with your own account.", actor: .broker)
        case .notFresh:
            return Problem(
                title: "\(provider) did not ask you to sign in again",
                explanation:
                    "What comes next is grave, so a fresh sign-in is needed, and the provider says that yours is an earlier one (auth_time).",
                nextStep:
                    "Sign out at the provider, and confirm again. If it stays, confirm with a password or an authenticator app of this portal.",
                actor: .partnerAdministrator)
        default:
            return Problem(
                title: "Your account here can't be used",
                explanation: "It is disabled, or it is not one of the broker's own people.",
                nextStep: "Ask an owner of your company.", actor: .broker)
        }
    }
}
