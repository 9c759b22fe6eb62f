import Logging

extension Portal {
    /// Carries a command out. What can't be done is a problem in the answer.
    package func perform(_ request: AdminRequest) async -> AdminAnswer {
        do {
            return try await answer(request.command, Operator(name: request.person))
        } catch let problem as AdminProblem {
            return AdminAnswer(problem: problem.description)
        } catch let problem as BreakGlassProblem {
            return AdminAnswer(problem: problem.description)
        } catch let refusal as PersonRefusal {
            return AdminAnswer(problem: refusal.text)
        } catch let problem as UserProblem {
            return AdminAnswer(problem: problem.description)
        } catch {
            logger.error("a command failed", metadata: ["error": "\(String(reflecting: error))"])
            return AdminAnswer(problem: "\(error)")
        }
    }

    private func answer(_ command: AdminCommand, _ person: Operator) async throws -> AdminAnswer {
        switch command {
        case .brokers: try listBrokers()
        case .users: try listUsers()
        case .createAdministrator(let email, let name, let password):
            try await create(email: email, name: name, password: password, person)
        case .makeSignInLink(let email): try makeSignInLink(email: email, person)
        case .setUser(let email, let enabled): try setUser(email: email, enabled: enabled, person)
        case .endSessions(let email): try endSessions(email: email, person)
        case .resetSecondFactor(let email): try resetSecondFactor(email: email, person)
        case .singleSignOn: try listSingleSignOn()
        case .suspendSSO(let broker, let minutes, let reason):
            try suspended(broker: broker, minutes: minutes, reason: reason, person)
        case .restoreSSO(let broker):
            try AdminAnswer(done: "Single sign-on is required at \(restoreSSO(broker: broker, by: person)) again.")
        case .plugins: try listPlugins()
        case .testPlugin(let id): try await testPlugin(id: id, person)
        case .setPlugin(let id, let enabled): try await setPlugin(id: id, enabled: enabled, person)
        case .jobs(let state): try listJobs(state: state)
        case .retryJob(let id): try retryJob(id: id, person)
        case .cancelJob(let id): try cancelJob(id: id, person)
        case .releaseJobs(let id): try releaseJobs(id: id, person)
        case .verifyAudit: try verifiedAudit()
        case .auditPage(let cursor): try auditPage(after: cursor)
        case .copyDatabase: try copyDatabase()
        case .noteBackup(let file): try noteBackup(file: file, person)
        case .recordBounce(let message): try recordedBounce(message)
        case .metrics: try AdminAnswer([String](), lines: [metrics()])
        case .examine(let isProduction): try examine(isProduction: isProduction)
        case .beginProbe: try AdminAnswer(probes.begin(), lines: [])
        case .endProbe(let token): try AdminAnswer(probes.end(token), lines: [])
        case .tick(let item): try tick(item, person)
        }
    }
}

/// Who gave a command: the audit names the command line, and the account at the machine.
struct Operator: Sendable {
    let name: String

    func line(_ action: String, _ object: String, _ detail: [String: String] = [:]) -> AuditLine {
        AuditLine(
            actor: "command line", action: action, object: object,
            detail: detail.merging(["account": name]) { own, _ in own })
    }
}
