import Foundation
import Microsoft
import MicrosoftKit
import PortalKit

/// From the request to the customer to a tenant that can be looked after, in five steps with four changes of actor.
struct GuestWorkflow: Workflow {
    enum Step: String, CaseIterable, Sendable {
        case request, approve, invitation, permissions, finalize
    }

    struct State: Codable, Sendable {
        /// Of the application in the customer's tenant.
        var principal: String?
        /// An answer came, and Microsoft has not confirmed it yet.
        var provingSince: Date?
        /// The guest's object id in the customer's tenant.
        var guest: String?
        /// Its page of this portal, to which the invitation leads.
        var guestPage: String?
        /// Microsoft refuses since then what it was given the right to: it takes its time, or it was taken away.
        var refusedSince: Date?
        var redeemAddress: String?
    }

    static let guestGrant: GrantName = "microsoft.guest"

    let settings: MicrosoftSettings
    let application: CustomerApplication
    let guestSignIn: MicrosoftSignIn
    let version = 1

    init(_ settings: MicrosoftSettings) {
        self.settings = settings
        application = CustomerApplication(settings)
        guestSignIn = MicrosoftSignIn(
            settings, grant: Self.guestGrant, scopes: GuestPermissions.ofGuestItself.map(settings.graphScope))
    }

    func begin(_ tenant: SetupTenant) -> State { State() }

    func describe(_ step: Step) -> StepText {
        switch step {
        case .request:
            StepText(
                title: "Request customer approval",
                explanation: "You send a message with a link to an administrator of the customer.", actor: .broker)
        case .approve:
            StepText(
                title: "Customer approves",
                explanation: "The customer's administrator opens the link and accepts at Microsoft.", actor: .customer)
        case .invitation:
            StepText(
                title: "Guest invitation accepted",
                explanation: "The guest account is made, Microsoft mails its invitation, and its person accepts it.",
                actor: .guest)
        case .permissions:
            StepText(
                title: "Permissions accepted",
                explanation:
                    "The guest signs in at the customer's tenant and accepts what the portal may do in its name.",
                actor: .guest)
        case .finalize:
            StepText(
                title: "Finalize approval",
                explanation: "The portal tries what was given, reads the true name, and enables the tenant.",
                actor: .portal)
        }
    }

    func words(_ step: Step, _ tenant: SetupTenant, _ broker: Broker, in language: Language) -> AskWords? {
        switch step {
        case .approve: CustomerWords(tenant: tenant, broker: broker, language: language).words
        case .permissions: GuestWords(tenant: tenant, broker: broker, language: language).words
        case .request, .invitation, .finalize: nil
        }
    }

    func perform(_ step: Step, _ work: inout Work<State>) async throws -> Outcome<Step> {
        switch step {
        case .request: try await request(work)
        case .approve: try await approve(&work)
        case .invitation: try await invite(&work)
        case .permissions: try await acceptPermissions(&work)
        case .finalize: try await finalize(&work)
        }
    }

    // MARK: 1 and 2, the customer's consent

    private func request(_ work: Work<State>) async throws -> Outcome<Step> {
        if work.events.contains(where: { if case .sent = $0 { true } else { false } }) {
            return .done("The request is on its way to the customer.")
        }
        // A consent that somebody else asked for must not pass for the answer to this request.
        if !work.hasAskedBefore,
            try await application.consent(in: work.tenant.key.id, work.access.send)?.permissions.isEmpty == false
        {
            throw GuestProblems.somebodyElses(work.tenant)
        }
        return .asking(
            .approve, consentAsk(work.tenant),
            Wait(
                .broker,
                "Send the customer's administrator the link. It works for 30 days, and you see when it is opened."))
    }

    /// All that the application is registered with, for the application itself and for people who sign in with it.
    private func consentAsk(_ tenant: SetupTenant) -> Ask {
        Ask(
            .customer,
            .page(
                endpoint: "\(settings.authority)/\(tenant.key.id)/v2.0/adminconsent",
                parameters: ["client_id": settings.applicationID, "scope": settings.graphScope(".default")]))
    }

    private func approve(_ work: inout Work<State>) async throws -> Outcome<Step> {
        var setback: Setback?
        for event in work.events {
            switch event {
            case .withdrawn: return .back(to: .request, because: GuestProblems.withdrawn)
            case .refused(let reason): return .back(to: .request, because: GuestProblems.refused(reason, work.tenant))
            case .answered(.page(let query)):
                setback = GuestProblems.setback(of: AdminConsent.read(query), work.tenant)
                // A no of somebody else does not undo a yes that is being proved.
                if setback == nil { work.state.provingSince = work.access.now }
            case .sent, .answered, .lookNow, .doAgain: break
            }
        }
        guard let since = work.state.provingSince else { return asking(work, setback) }
        guard let consent = try await application.consent(in: work.tenant.key.id, work.access.send) else {
            // A new service principal takes its time (Microsoft Learn: AADSTS650051).
            guard work.access.now.timeIntervalSince(since) > 600 else {
                return .waiting(
                    Wait(
                        .provider, "The customer accepted. Microsoft is making it known in the tenant.",
                        poll: Backoff(first: 3, longest: 60), lookNow: "Check now"))
            }
            work.state.provingSince = nil
            return asking(work, GuestProblems.notConfirmed(work.tenant))
        }
        let missing = GuestPermissions.required.filter { !consent.permissions.contains($0) }
        guard missing.isEmpty else {
            work.state.provingSince = nil
            return asking(work, GuestProblems.tooLittle(missing, work.tenant))
        }
        work.state.provingSince = nil
        work.state.principal = consent.principal
        work.change(.keep(application.authorization(tenant: work.tenant.key.id)))
        work.change(.access(.approved))
        return .done("The customer's administrator accepted at Microsoft, which checked who it was.")
    }

    private func asking(_ work: Work<State>, _ setback: Setback?) -> Outcome<Step> {
        .asking(
            .approve, consentAsk(work.tenant),
            Wait(.customer, "Waiting for an administrator of \(work.tenant.name) to open the link and accept."),
            setback: setback)
    }

    // MARK: 3, the invitation

    private func invite(_ work: inout Work<State>) async throws -> Outcome<Step> {
        let graph = application.graph(try work.access.grant(CustomerApplication.grant))
        let email = work.tenant.intake[GuestOnboarding.guest]
        let isAgain = work.events.contains { if case .doAgain = $0 { true } else { false } }
        if work.state.guest == nil || isAgain {
            let page: String
            if let made = work.state.guestPage, !isAgain {
                page = made
            } else {
                page = try await work.link(to: Step.permissions, guestAsk(work.tenant))
                work.state.guestPage = page
            }
            var invitation = Graph.NewInvitation(emailAddress: email, redirectURL: page)
            invitation.invitedUserType = "Guest"
            invitation.sendInvitationMessage = true
            invitation.invitedUserMessageInfo = .init(
                language: "en-US",
                body: "\(work.access.broker.name) looks after \(work.tenant.name) with this guest account.")
            do {
                let made = try await graph.invite(invitation)
                work.state.guest = made.invitedUser?.id
                work.state.redeemAddress = made.inviteRedeemUrl
            } catch let fault as MicrosoftFault where fault.status == 403 {
                return try lagging(GuestProblems.lagging, &work, fault)
            } catch let fault as MicrosoftFault where fault.reason == .refused && fault.status == 400 {
                throw GuestProblems.invitation(fault, email: email)
            } catch let fault as MicrosoftFault {
                throw GraphHelp.problem(fault)
            }
        }
        guard let guest = work.state.guest else { throw GuestProblems.noGuest(email) }
        do {
            let user = try await graph.user(guest, select: ["id", "externalUserState", "accountEnabled"])
            guard user.externalUserState != .accepted else {
                return .done("\(email) has accepted Microsoft's invitation.")
            }
        } catch let fault as MicrosoftFault where fault.status == 404 {
            guard isAgain else { throw GuestProblems.guestDeleted(email) }
        } catch let fault as MicrosoftFault where fault.status == 403 {
            return try lagging(GuestProblems.lagging, &work, fault)
        } catch let fault as MicrosoftFault {
            throw GraphHelp.problem(fault)
        }
        return .waiting(
            Wait(
                .guest,
                "Microsoft has sent its invitation to \(email). Open it there, select Accept invitation, and sign in with that account. Nothing there? Check the spam folder, or pass the invitation link on.",
                poll: Backoff(first: 5, longest: 900), lookNow: "Check now", doAgain: "Resend the invitation",
                link: work.state.redeemAddress.map { NamedLink("invitation link", $0) }))
    }

    /// Rights that were given take some minutes to count everywhere; a refusal that lasts longer is one.
    private func lagging(
        _ reason: String, lookNow: String = "Check now", _ work: inout Work<State>, _ fault: MicrosoftFault
    ) throws -> Outcome<Step> {
        let since = work.state.refusedSince ?? work.access.now
        work.state.refusedSince = since
        guard work.access.now.timeIntervalSince(since) < 600 else { throw GuestProblems.notAllowed(fault, work.tenant) }
        return .waiting(Wait(.provider, reason, poll: Backoff(first: 5, longest: 60), lookNow: lookNow))
    }

    // MARK: 4, the guest's sign-in

    private func guestAsk(_ tenant: SetupTenant) -> Ask {
        Ask(
            .guest,
            .signIn(
                guestSignIn.request(
                    tenant: tenant.key.id, parameters: ["login_hint": tenant.intake[GuestOnboarding.guest]])))
    }

    private func acceptPermissions(_ work: inout Work<State>) async throws -> Outcome<Step> {
        var setback: Setback?
        for event in work.events {
            switch event {
            case .answered(.signIn(let answer)):
                switch try await signIn(answer, work) {
                case .success(let authorization):
                    work.change(.keep(authorization))
                    work.change(.access(.finalizing))
                    return .done("\(authorization.account.name) has signed in at the customer's tenant and accepted.")
                case .failure(let found): setback = found.setback
                }
            case .refused(let reason): setback = GuestProblems.refused(reason, work.tenant)
            case .withdrawn: setback = GuestProblems.withdrawn
            case .sent, .answered, .lookNow, .doAgain: break
            }
        }
        let email = work.tenant.intake[GuestOnboarding.guest]
        return .asking(
            .permissions, guestAsk(work.tenant),
            Wait(
                .guest,
                "After the invitation, \(email) comes to a page of this portal, signs in at \(work.tenant.name), and accepts. Closed it? Send the guest a message with a new link."
            ),
            setback: setback)
    }

    private struct Refusal: Error {
        let setback: Setback
    }

    /// The invited account, in the right tenant: both are in the signed id token.
    private func signIn(_ answer: SignInAnswer, _ work: Work<State>) async throws -> Result<Authorization, Refusal> {
        if case .refused(let error, let description) = answer {
            return .failure(Refusal(setback: GuestProblems.guestRefused(error, description)))
        }
        do {
            let authorization = try await guestSignIn.complete(answer, tenant: work.tenant.key.id, work.access)
            guard authorization.account.id == work.state.guest else {
                return .failure(Refusal(setback: GuestProblems.otherAccount(authorization.account.name, work.tenant)))
            }
            return .success(authorization)
        } catch var problem as Problem {
            // The code can't be used twice, so there is nothing to try again.
            problem.remedy = .none
            problem.nextStep = "Open the guest's page once more and sign in again."
            problem.actor = .guest
            return .failure(
                Refusal(setback: Setback(MicrosoftSignIn.saysOtherTenant(problem) ? .otherTenant : .notProved, problem))
            )
        }
    }

    // MARK: 5, the end

    private func finalize(_ work: inout Work<State>) async throws -> Outcome<Step> {
        let (guest, own) = try (work.access.grant(Self.guestGrant), work.access.grant(CustomerApplication.grant))
        let audience = settings.graphAudience(tenant: work.tenant.key.id)
        let ownPermissions = try await own.permissions(for: audience)
        let asApplication = application.graph(own)
        let taken = GuestPermissions.required.filter { permission in ownPermissions?.contains(permission) == false }
        guard taken.isEmpty else { throw GuestProblems.takenAway(taken, work.tenant) }
        let found: Graph.Organization
        do {
            found = try await asApplication.organization()
            let seen = try await guestSignIn.graph(guest, tenant: work.tenant.key.id).organization()
            guard found.id.lowercased() == work.tenant.key.id, seen.id.lowercased() == work.tenant.key.id else {
                throw GuestProblems.elsewhere(found.id, work.tenant)
            }
        } catch let fault as MicrosoftFault where fault.status == 403 {
            return try lagging(
                "Everything is accepted. Microsoft has not made it known everywhere yet.", lookNow: "Finalize approval",
                &work, fault)
        } catch let fault as MicrosoftFault {
            throw GraphHelp.problem(fault)
        }
        let notes = GuestPermissions.notes(
            application: ownPermissions, guest: try await guest.permissions(for: audience),
            onBehalf: try await scopesForEverybody(work, asApplication, ownPermissions), tenant: work.tenant)
        work.state.refusedSince = nil
        let access: TenantAccess = notes.contains { $0.kind == .missing } ? .enabledWithLimitations : .enabled
        work.change(
            .tenant(
                DiscoveredTenant(
                    id: work.tenant.key.id, name: found.displayName ?? work.tenant.name,
                    domains: (found.verifiedDomains ?? []).map {
                        .init(name: $0.name.lowercased(), isVerified: $0.isInitial != true)
                    })))
        work.change(.access(access, notes: notes))
        work.change(.linkToOrganization)
        return .done(
            access == .enabled
                ? "\(found.displayName ?? work.tenant.name) is enabled."
                : "\(found.displayName ?? work.tenant.name) is enabled, with limitations.")
    }

    /// What everybody in the tenant has consented to with one tick; `nil` where it may not be read.
    private func scopesForEverybody(
        _ work: Work<State>, _ graph: Graph, _ permissions: Set<String>?
    ) async throws -> Set<String>? {
        guard let principal = work.state.principal, permissions?.contains(GuestPermissions.readGrants) == true else {
            return nil
        }
        let page = try await GraphHelp.explaining { try await graph.permissionGrants(ofClient: principal, after: nil) }
        return page.items.filter { $0.consentType == "AllPrincipals" }.reduce(into: []) { all, grant in
            all.formUnion((grant.scope ?? "").split(separator: " ").map(String.init))
        }
    }
}
