import Foundation
import PortalKit

/// Turns the provider's answer into a grant, judges it line by line, and only then lets it take the old one's place.
struct ProofJob: JobKind {
    static let name = "connection.proof"
    let portal: Portal

    func step(_ job: Job) async throws -> JobStep {
        guard let broker = job.brokerID, let pluginID = job.pluginID,
            let plugin = portal.plugins[pluginID]?.connectable,
            let attempt = try portal.database.read({ try $0.attempt(Key(job.subject), of: broker) }),
            let owner = try portal.database.read({ try $0.broker(broker) })
        else { return JobStep(outcome: .failed(Self.vanished)) }
        let access = ProviderAccess(portal: portal, plugin: plugin, broker: owner, connection: attempt.connectionID)
        switch attempt.state {
        case .answered: return try await exchange(attempt, plugin, access)
        case .checking: return try await check(attempt, plugin, access)
        case .departing, .succeeded, .failed: return JobStep(outcome: .failed(Self.vanished))
        }
    }

    func ended(_ job: Job, _ problem: Problem?, _ db: inout DatabaseConnection, at now: Date) throws {
        let attempt = Key<SignInAttempt>(job.subject)
        try db.deleteCandidates(of: attempt)
        try db.update(attempt, .failed, problem: problem ?? Self.cancelled, at: now)
        try db.endSSOPause(waitingFor: attempt, .failed, portal.vault, at: now)
    }

    private func exchange(_ attempt: SignInAttempt, _ plugin: any Connectable, _ access: ProviderAccess) async throws
        -> JobStep
    {
        let (answer, secrets) = try self.answer(of: attempt)
        if attempt.wasSentAway {
            // After a cut-off nobody can know whether the provider has seen it.
            guard try portal.database.write({ try $0.takeAnswer(of: attempt.id) }) else {
                return JobStep(outcome: .failed(Self.cutOff))
            }
        }
        let proved: Authorization
        do {
            proved = try await portal.asking(attempt.pluginID) {
                try await plugin.complete(answer, attempt.form.merging(secrets), access)
            }
        } catch var problem as Problem where attempt.wasSentAway && problem.remedy == .retry {
            problem.nextStep =
                "Sign in again from the authentication page; the answer of this time can't be used twice."
            problem.remedy = .none
            throw problem
        } catch is ProviderBusy where attempt.wasSentAway {
            return JobStep(outcome: .failed(Self.busy))
        }
        let id = Key<StoredGrant>.new()
        let sealed = try portal.vault.seal(proved.credential, for: StoredGrant.sealIdentity(id))
        let now = portal.now
        return JobStep(
            outcome: .more, done: 1, total: checks(of: plugin).count + 1, item: "Signed in as \(proved.account.name)"
        ) { db in
            try db.insertCandidate(id, proved, sealed: sealed, of: attempt, at: now)
            try db.update(attempt.id, .checking, at: now)
        }
    }

    private func check(_ attempt: SignInAttempt, _ plugin: any Connectable, _ access: ProviderAccess) async throws
        -> JobStep
    {
        guard let candidate = try portal.database.read({ try $0.candidateGrant(of: attempt.id) }) else {
            return JobStep(outcome: .failed(Self.vanished))
        }
        let requirements = checks(of: plugin)
        guard
            let next = requirements.first(where: { wanted in !attempt.verdict.contains { $0.requirement == wanted.id } }
            )
        else {
            return conclude(attempt, candidate)
        }
        let grant = HeldGrantSender(access: access, stored: candidate)
        var verdict: Verdict
        do {
            verdict = try await portal.asking(attempt.pluginID) {
                try await plugin.check(next.id, attempt.form, grant, access)
            }
        } catch let problem as Problem where problem.remedy != .retry {
            verdict = .failed(problem)
        }
        let entries = attempt.verdict + [VerdictEntry(requirement: next.id, verdict: verdict)]
        let now = portal.now
        return JobStep(outcome: .more, done: entries.count + 1, total: requirements.count + 1, item: next.title) { db in
            try db.update(attempt.id, .checking, verdict: entries, at: now)
        }
    }

    private func conclude(_ attempt: SignInAttempt, _ candidate: StoredGrant) -> JobStep {
        let problems = attempt.verdict.compactMap { entry -> Problem? in
            if case .failed(let problem) = entry.verdict { problem } else { nil }
        }
        if let first = problems.first { return JobStep(outcome: .failed(first)) }
        let now = portal.now
        let portal = portal
        let discovers = portal.plugins[attempt.pluginID]?.tenantSource != nil
        return JobStep(outcome: .finished("Connected as \(candidate.account.name).")) { db in
            guard try db.hasService(attempt.pluginID, broker: attempt.brokerID) else { throw Self.vanished }
            if try db.isTaken(candidate, by: attempt) { throw Self.taken }
            try db.promote(candidate)
            try db.connect(attempt, verdict: attempt.verdict, at: now)
            try db.update(attempt.id, .succeeded, at: now)
            try db.endSSOPause(waitingFor: attempt.id, .succeeded, portal.vault, at: now)
            try db.audit(
                AuditLine(
                    brokerID: attempt.brokerID, actor: "portal", action: "connection.connect",
                    object: "connection:\(attempt.connectionID)",
                    detail: [
                        "plugin": attempt.pluginID.rawValue, "account": candidate.account.name,
                        "realm": candidate.account.realm,
                    ]),
                at: now)
            if discovers {
                _ = try DiscoveryJob.start(
                    for: attempt.connectionID, attempt.brokerID, attempt.pluginID, by: "portal", &db, at: now)
            }
            let region = try db.broker(attempt.brokerID)?.region ?? ""
            try db.readNightly(attempt.connectionID, region: region, now: now)
        }
    }

    private func checks(of plugin: any Connectable) -> [Requirement] {
        type(of: plugin).requirements.filter { $0.judge == .check }
    }

    /// What came back, and what was typed into secret fields.
    private func answer(of attempt: SignInAttempt) throws -> (SignInAnswer, Values) {
        let identity = SignInAttempt.sealIdentity(attempt.id)
        guard let sealedSecrets = attempt.secrets else { throw Self.vanished }
        let secrets = try portal.vault.open(SignInAttempt.Secrets.self, sealedSecrets, for: identity)
        guard attempt.wasSentAway else { return (.form, secrets.fields) }
        guard let sealedAnswer = attempt.answer else { throw Self.cutOff }
        let answer = try portal.vault.open(SignInAttempt.Answer.self, sealedAnswer, for: identity)
        if let error = answer.error {
            return (.refused(error: error, description: answer.description ?? ""), secrets.fields)
        }
        guard let broker = try portal.database.read({ try $0.broker(attempt.brokerID) }) else { throw Self.vanished }
        let code = SignInAnswer.code(
            answer.code ?? "", redirectURI: portal.addresses.redirectAddress(of: broker),
            codeVerifier: secrets.codeVerifier,
            nonce: secrets.nonce)
        return (code, secrets.fields)
    }

    private static let vanished = Problem(
        title: "The sign-in is no longer there", explanation: "What it was to prove has been removed in the meantime.",
        nextStep: "Start again from the authentication page.", actor: .broker)

    private static let cutOff = Problem(
        title: "The portal was stopped in the middle of the sign-in",
        explanation: "The provider's answer can be used once, and it may have been used just then. Nothing was stored.",
        nextStep: "Sign in again from the authentication page.", actor: .broker)

    private static let busy = Problem(
        title: "The provider can't be asked at present",
        explanation: "It asks to wait, or has failed several times, and the answer of this time can't be used later.",
        nextStep: "Sign in again from the authentication page in some minutes.", actor: .broker)

    private static let cancelled = Problem(
        title: "The check was cancelled",
        explanation: "The new sign-in was not taken over. An earlier connection stays as it was.",
        nextStep: "Sign in again from the authentication page when you want to go on.", actor: .broker)

    private static let taken = Problem(
        title: "Another broker of this portal is connected with the same account at the provider",
        explanation: "One account there belongs to one broker here. Nothing was stored.",
        nextStep: "Check what you typed, or ask your portal administrator.", actor: .broker)
}

extension DatabaseConnection {
    /// Whether another broker's connection through the same plugin stands on the same realm.
    fileprivate mutating func isTaken(_ grant: StoredGrant, by attempt: SignInAttempt) throws -> Bool {
        try count(
            """
            SELECT COUNT(*) FROM provider_grant JOIN connection ON connection.id = provider_grant.connection_id
            WHERE is_current = TRUE AND tenant_id IS NULL AND realm = \(grant.account.realm) AND plugin_id = \(attempt.pluginID)
                  AND connection.broker_id <> \(attempt.brokerID)
            """) > 0
    }
}
