import Microsoft
import MicrosoftKit
import PortalKit

/// What goes wrong on the way, in words for the broker.
enum GuestProblems {
    static let lagging = "Microsoft has the consent, and does not act upon it everywhere yet."

    static let withdrawn = Setback(
        .withdrawn,
        Problem(
            title: "The request was withdrawn", explanation: "Links that were sent say so.",
            nextStep: "Send a new one when you want to go on.", actor: .broker))

    static func refused(_ reason: String, _ tenant: SetupTenant) -> Setback {
        Setback(
            .refused,
            Problem(
                title: "It was refused at \(tenant.name)", explanation: "The reason given: \(reason)",
                nextStep: "Talk to the customer. A new request is one click; the refused one stays in the history.",
                actor: .broker))
    }

    /// `nil` for a consent that says it was given there: what it is worth, a token shows.
    static func setback(of answer: AdminConsent.Answer, _ tenant: SetupTenant) -> Setback? {
        switch answer.outcome {
        case .granted(let found):
            guard found.lowercased() != tenant.key.id else { return nil }
            return Setback(
                .otherTenant,
                Problem(
                    title: "Another tenant was accepted for",
                    explanation: "The answer is of another tenant than \(tenant.name). Nothing was taken over.",
                    nextStep: "Ask for an account of \(tenant.name) to sign in; the link stays good.", actor: .customer,
                    facts: [Problem.Fact("Tenant asked", tenant.key.id), Problem.Fact("Tenant answered", found)]))
        case .refused(let error, let description):
            let isNotAllowed = MicrosoftHelp.needsAdministrator(description)
            var problem = MicrosoftHelp.problem(error: error, description: description)
            problem.actor = .customer
            problem.title =
                isNotAllowed ? "The account may not accept it" : "It was not accepted on Microsoft's page"
            problem.explanation =
                isNotAllowed
                ? "Microsoft lets only a Global Administrator or Privileged Role Administrator of \(tenant.name) accept it."
                : "Cancel was chosen there, or the account that signed in is no administrator."
            problem.nextStep = "The link stays good: an administrator of \(tenant.name) can open it again."
            return Setback(isNotAllowed ? .notAdministrator : .declined, problem)
        case .unreadable:
            return Setback(
                .notProved,
                Problem(
                    title: "Microsoft's answer could not be read",
                    explanation: "It has neither a consent nor an error.",
                    nextStep: "The link stays good: the customer can try again.", actor: .customer))
        }
    }

    static func notConfirmed(_ tenant: SetupTenant) -> Setback {
        Setback(
            .notProved,
            Problem(
                title: "Microsoft does not confirm the consent",
                explanation:
                    "An answer came that says yes, and yet this portal's application is not known in \(tenant.name).",
                nextStep: "Ask the customer to open the link and accept once more.", actor: .customer,
                facts: [Problem.Fact("Tenant", tenant.key.id)]))
    }

    static func tooLittle(_ missing: [String], _ tenant: SetupTenant) -> Setback {
        Setback(
            .notProved,
            Problem(
                title: "Less was granted than the set-up needs",
                explanation:
                    "In \(tenant.name) the portal's application lacks \(missing.joined(separator: ", ")).",
                nextStep:
                    "Have the portal's administrator check which permissions the application is registered with, and the customer accept once more.",
                actor: .portalAdministrator, facts: missing.map { Problem.Fact("Missing", $0) }))
    }

    /// The one that stands there was asked for by another company of this portal, or outside it.
    static func somebodyElses(_ tenant: SetupTenant) -> Problem {
        Problem(
            title: "A consent stands there that you did not ask for",
            explanation:
                "In \(tenant.name) this portal's application was accepted before. A new yes could not be told from that one.",
            nextStep:
                "Ask an administrator of \(tenant.name) to delete the application at entra.microsoft.com, under Enterprise applications; then try again.",
            actor: .customer)
    }

    static func notAllowed(_ fault: MicrosoftFault, _ tenant: SetupTenant) -> Problem {
        var problem = GraphHelp.problem(fault)
        problem.title = "Microsoft does not allow it in \(tenant.name)"
        problem.explanation =
            "The consent was given more than ten minutes ago, and the call is still refused: a setting of the tenant forbids it, for example who may invite guests and from which domains."
        problem.nextStep = "Ask an administrator of \(tenant.name) to allow it, then try again."
        problem.actor = .customer
        problem.remedy = .none
        return problem
    }

    static func takenAway(_ missing: [String], _ tenant: SetupTenant) -> Problem {
        Problem(
            title: "The customer has taken permissions back",
            explanation: "In \(tenant.name) the portal's application lacks \(missing.joined(separator: ", ")) by now.",
            nextStep: "Ask the customer, and set the tenant up again.", actor: .customer,
            facts: missing.map { Problem.Fact("Missing", $0) })
    }

    static func invitation(_ fault: MicrosoftFault, email: String) -> Problem {
        var problem = GraphHelp.problem(fault)
        problem.title = "Microsoft did not invite \(email)"
        problem.explanation =
            "The address may belong to the customer's own tenant, to a domain that signs in through a federation which Microsoft does not take as a guest, or not exist."
        problem.nextStep =
            "Read Microsoft's message below. Remove the tenant and add it again with another guest account, or try again."
        problem.actor = .broker
        return problem
    }

    static func noGuest(_ email: String) -> Problem {
        Problem(
            title: "Microsoft named no guest account",
            explanation: "The invitation of \(email) was answered without one.",
            nextStep: "Try again.", actor: .provider, remedy: .retry)
    }

    static func guestDeleted(_ email: String) -> Problem {
        Problem(
            title: "The guest account is gone", explanation: "\(email) was deleted in the customer's tenant.",
            nextStep: "Set the tenant up again, or ask the customer why.", actor: .customer)
    }

    static func guestRefused(_ error: String, _ description: String) -> Setback {
        let needsAdministrator = MicrosoftHelp.needsAdministrator(description)
        var problem = MicrosoftHelp.problem(error: error, description: description)
        problem.actor = .guest
        problem.nextStep = "Open the guest's page once more and sign in again."
        return Setback(needsAdministrator ? .notAdministrator : .declined, problem)
    }

    static func otherAccount(_ name: String, _ tenant: SetupTenant) -> Setback {
        Setback(
            .otherAccount,
            Problem(
                title: "Another account signed in than the one that was invited",
                explanation: "\(name) is not the guest account of \(tenant.name). Nothing was taken over.",
                nextStep:
                    "Sign out at Microsoft, open the guest's page, and sign in as \(tenant.intake[GuestOnboarding.guest]).",
                actor: .guest, facts: [Problem.Fact("Account that signed in", name)]))
    }

    static func elsewhere(_ found: String, _ tenant: SetupTenant) -> Problem {
        Problem(
            title: "The authorization is of another tenant", explanation: "It does not lead to \(tenant.name).",
            nextStep: "Set the tenant up again.", actor: .broker,
            facts: [Problem.Fact("Tenant asked", tenant.key.id), Problem.Fact("Tenant found", found)])
    }
}
