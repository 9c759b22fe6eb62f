import FastCGI
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import Logging
import PortalKit

/// Signing in at a provider: the rehearsal, the way there, the answer, the verdict.
enum ConnectionRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/services/:plugin/authentication", .seeConnections, rehearsal)
        routes.post(
            "/services/:plugin/authentication", .manageConnections, needs: [.recentProof, .regionalAddress], begin)
        routes.get("/services/:plugin/sign-ins/:attempt", .seeConnections, attempt)
        routes.get("/services/:plugin/sign-ins/:attempt/verdict", .seeConnections, verdict)
        routes.publicRoute(.get, "\(Addresses.redirectPath)", answer)
    }

    private static func rehearsal(_ visit: Visit) throws -> Response {
        let (service, plugin) = try visit.connectable()
        return try show(visit, service, plugin, typed: service.connection?.form.all ?? [:], problems: [:])
    }

    /// A form wrongly filled in, or one sent from the wrong address, comes back as it was.
    private static func show(
        _ visit: Visit, _ service: Service, _ plugin: any Connectable, typed: [String: String],
        problems: [String: FieldProblem]
    ) throws -> Response {
        let broker = try visit.broker
        let (latest, sso) = try visit.portal.database.read { db in
            try (
                service.connection.flatMap { try db.latestAttempt(of: $0.id) },
                db.ssoState(of: broker.id, now: visit.now)
            )
        }
        let isHere = visit.portal.addresses.maySignInAtProvider(broker, at: visit.place)
        let page = RehearsalPage(
            service: service, plugin: plugin, broker: broker, isRightAddress: isHere,
            regionalPath: isHere
                ? nil
                : handoverPath(
                    to: visit.portal.addresses.home(of: broker).baseURL, from: visit.place.baseURL,
                    path: "\(service.path)/authentication"),
            regionalAddress: visit.portal.addresses.home(of: broker).baseURL.description,
            redirectAddress: visit.portal.addresses.redirectAddress(of: broker),
            returnAddress: visit.session.cameFrom.map {
                "\(visit.place.baseURL.with(host: $0))\(service.path)/authentication"
            },
            latest: latest, sso: sso, mayManage: visit.may(.manageConnections),
            mayPauseSSO: visit.may(.manageSecurity), csrf: visit.session.formToken, typed: typed,
            problems: problems,
            now: visit.now)
        var frame = visit.frame(
            service.manifest.listing.connectionTitle, "Signs your company in at \(service.manifest.provider), once.",
            above: [
                (title: "My Services", path: "/services"), (title: service.manifest.listing.name, path: service.path),
            ])
        frame.hasErrors = !problems.isEmpty
        return visit.show(frame, status: problems.isEmpty ? .ok : .unprocessableContent, page.content)
    }

    private static func begin(_ visit: Visit) throws -> Response {
        let (service, plugin) = try visit.connectable()
        let broker = try visit.broker
        let form = type(of: plugin).connectionForm
        let read = form.read(visit.form)
        guard read.problems.isEmpty else {
            return try show(visit, service, plugin, typed: visit.form, problems: read.problems)
        }
        let ssoStands = try visit.portal.database.read { try $0.ssoState(of: broker.id, now: visit.now).isRequired }
        // The page explains it and offers the pause.
        guard !ssoStands || !type(of: plugin).needsSSONotRequired else {
            return try show(visit, service, plugin, typed: visit.form, problems: [:])
        }
        let signIn = try visit.portal.asking(service.manifest.id) { try plugin.signIn(read.values, broker) }
        let id = Key<SignInAttempt>.new()
        let (shown, secret) = form.split(read.values)
        let secrets = SignInAttempt.Secrets(fields: secret)
        let sealed = try visit.portal.vault.seal(value: secrets, for: SignInAttempt.sealIdentity(id))
        try visit.portal.database.write { db in
            let connection = try db.connectionID(of: broker.id, plugin: service.manifest.id, now: visit.now)
            let isRedirect = if case .redirect = signIn { true } else { false }
            try db.execute(
                """
                INSERT INTO sign_in_attempt (id, connection_id, broker_id, plugin_id, user_id, session_hash, form, state,
                    state_since, callback_hash, secrets, verdict, created_at)
                VALUES (\(id), \(connection), \(broker.id), \(service.manifest.id), \(visit.user.id), \(visit.session.tokenHash),
                    \(JSONColumn(shown)), \(isRedirect ? SignInAttempt.State.departing : .answered), \(visit.now),
                    \(isRedirect ? Token(secrets.state).hash : nil), \(sealed), '[]', \(visit.now))
                """)
            try db.audit(
                visit.auditLine(
                    "connection.sign-in", "connection:\(connection)", ["plugin": service.manifest.id.rawValue]),
                at: visit.now)
            try db.ssoPauseWaits(for: id, of: broker.id, now: visit.now)
            if !isRedirect {
                try db.startProof(of: id, broker.id, service.manifest, by: visit.user.email, at: visit.now)
            }
        }
        return .seeOther("\(service.path)/sign-ins/\(id)")
    }

    /// The way to the provider, and after the return the verdict: one address for the whole attempt.
    private static func attempt(_ visit: Visit) throws -> Response {
        let (service, plugin) = try visit.connectable()
        let (attempt, job) = try visit.attempt()
        var frame = visit.frame(
            "Sign-in at \(service.manifest.provider)", nil,
            above: [
                (title: "My Services", path: "/services"), (title: service.manifest.listing.name, path: service.path),
                (title: service.manifest.listing.connectionTitle, path: "\(service.path)/authentication"),
            ])
        if attempt.state == .departing {
            let target = try departure(attempt, plugin, visit)
            frame.departure = target
            frame.title = "On to \(service.manifest.provider)"
            return visit.show(frame, departurePage(target, service))
        }
        let isOpen = attempt.state == .answered || attempt.state == .checking
        frame.refreshSeconds = isOpen ? 2 : nil
        let cameFrom = visit.session.cameFrom.map { visit.place.baseURL.with(host: $0).description }
        let content = verdictContent(attempt, job, service, plugin)
        guard isOpen else { return visit.show(frame, "\(content)\(attemptEnd(attempt, service, cameFrom: cameFrom))") }
        return visit.show(frame, live("\(service.path)/sign-ins/\(attempt.id)/verdict", reloads: true, content))
    }

    private static func verdict(_ visit: Visit) throws -> Response {
        let (service, plugin) = try visit.connectable()
        let (attempt, job) = try visit.attempt()
        let isOpen = attempt.state == .answered || attempt.state == .checking
        return .fragment(verdictContent(attempt, job, service, plugin), isDone: !isOpen)
    }

    /// The authorization request, with what binds its answer to this attempt.
    private static func departure(_ attempt: SignInAttempt, _ plugin: any Connectable, _ visit: Visit) throws -> String
    {
        let broker = try visit.broker
        let signIn = try visit.portal.asking(attempt.pluginID) { try plugin.signIn(attempt.form, broker) }
        guard case .redirect(let request) = signIn, let sealed = attempt.secrets else {
            throw PageError.notFound
        }
        // Only the browser that began may go on: its answer is the only one that will be taken.
        guard attempt.sessionHash == visit.session.tokenHash, visit.now < attempt.createdAt + SignInAttempt.limit else {
            throw PageError.stale("This sign-in was begun in another browser or session, or too long ago.")
        }
        let secrets = try visit.portal.vault.open(
            SignInAttempt.Secrets.self, sealed, for: SignInAttempt.sealIdentity(attempt.id))
        var parameters = request.parameters
        parameters.merge([
            "client_id": request.clientID, "response_type": "code", "response_mode": "query",
            "redirect_uri": visit.portal.addresses.redirectAddress(of: broker),
            "scope": request.scopes.joined(separator: " "),
            "state": secrets.state, "nonce": secrets.nonce, "code_challenge": secrets.codeChallenge,
            "code_challenge_method": "S256",
        ]) { _, ours in ours }
        let query = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.queryEncoded)" }.joined(
            separator: "&")
        return "\(request.endpoint)?\(query)"
    }

    /// The provider's answer. It is stored sealed, answered with a clean address, and a job goes on.
    private static func answer(_ visit: PublicVisit) throws -> Response {
        let portal = visit.portal
        guard case .region = visit.place else { throw PageError.notFound }
        guard let attempt = try portal.database.read({ try $0.attempt(callback: Token(visit.query("state"))) }) else {
            if let response = try ApprovalReturn.answer(visit) { return response }
            return try refuse(visit, "It names a sign-in that this portal has not begun.", attempt: nil)
        }
        guard let session = visit.context.session, session.tokenHash == attempt.sessionHash else {
            return try refuse(
                visit, "The sign-in was begun in another browser, or your session here has ended since.",
                attempt: attempt)
        }
        let path = "/services/\(attempt.pluginID)/sign-ins/\(attempt.id)"
        // The same answer once more: the page shows what came of it, and nothing is done again.
        guard attempt.state == .departing else { return .seeOther(path) }
        guard visit.now < attempt.createdAt + SignInAttempt.limit else {
            return try refuse(visit, "The sign-in was begun too long ago.", attempt: attempt)
        }
        let error = visit.query("error")
        let given = SignInAttempt.Answer(
            code: error.isEmpty ? visit.query("code") : nil, error: error.isEmpty ? nil : error,
            description: error.isEmpty ? nil : String(visit.query("error_description").prefix(2_000)))
        guard given.error != nil || given.code?.isEmpty == false else {
            return try refuse(visit, "It holds neither a code nor an error.", attempt: attempt)
        }
        guard let entry = portal.plugins[attempt.pluginID],
            let service = try portal.database.read({ try $0.service(entry, of: attempt.brokerID) })
        else { throw PageError.notFound }
        guard service.isEnabled else { throw PageError.pluginDisabled(service.manifest.listing.name) }
        let sealed = try portal.vault.seal(value: given, for: SignInAttempt.sealIdentity(attempt.id))
        try portal.database.write { db in
            let stored = try db.execute(
                """
                UPDATE sign_in_attempt SET state = \(SignInAttempt.State.answered), state_since = \(visit.now), answer = \(sealed)
                WHERE id = \(attempt.id) AND state = \(SignInAttempt.State.departing)
                """)
            guard stored == 1 else { return }
            try db.startProof(of: attempt.id, attempt.brokerID, service.manifest, by: session.user.email, at: visit.now)
        }
        return .seeOther(path)
    }

    private static func refuse(_ visit: PublicVisit, _ reason: String, attempt: SignInAttempt?) throws -> Response {
        visit.context.logger.notice("a provider's answer was refused", metadata: ["reason": "\(reason)"])
        try visit.portal.database.write { db in
            // Anybody can send such an answer; whoever floods us with them fills the log and not the audit.
            let known = attempt?.brokerID ?? visit.context.session?.broker?.id
            guard try known != nil || db.countStrangers(since: visit.now - 60) < 20 else { return }
            try db.audit(
                AuditLine(
                    brokerID: known, actor: visit.context.session?.user.email ?? "nobody", action: "connection.answer",
                    object: attempt.map { "sign-in:\($0.id)" } ?? "sign-in:unknown", detail: ["reason": reason],
                    outcome: .refused, requestID: visit.context.requestID,
                    address: visit.context.variables.remoteAddress),
                at: visit.now)
        }
        return .page(
            barePage(
                title: "The answer was not accepted", ribbons: visit.portal.ribbons, hasErrors: true,
                problemBox(
                    title: "An answer came that does not belong to a sign-in of yours",
                    explanation: "\(reason) Nothing was stored, and an earlier connection stays as it was.",
                    nextStep: "Open the authentication page of the service and start again.",
                    reference: visit.context.requestID,
                    action: linkButton("Go to My Services", path: "/services"))),
            status: .badRequest)
    }
}

extension Visit {
    /// The service that the address names, and its plugin as one that can connect.
    func connectable() throws -> (Service, any Connectable) {
        let service = try service()
        guard let plugin = portal.plugins[service.manifest.id]?.connectable else { throw PageError.notFound }
        return (service, plugin)
    }

    fileprivate func attempt() throws -> (SignInAttempt, Job?) {
        let broker = try broker
        let found = try portal.database.read { db -> (SignInAttempt, Job?)? in
            guard let attempt = try db.attempt(parameter("attempt"), of: broker.id) else { return nil }
            return (attempt, try attempt.jobID.flatMap { try db.job($0, of: broker.id) })
        }
        guard let found else { throw PageError.notFound }
        return found
    }
}

extension DatabaseConnection {
    /// Refused answers that belong to no broker.
    fileprivate mutating func countStrangers(since start: Date) throws -> Int {
        try count(
            "SELECT COUNT(*) FROM audit WHERE broker_id IS NULL AND at > \(start) AND action = 'connection.answer'")
    }

    fileprivate mutating func startProof(
        of attempt: Key<SignInAttempt>, _ broker: Key<Broker>, _ manifest: PluginManifest, by actor: String,
        at now: Date
    ) throws {
        let job = try start(
            NewJob(
                kind: ProofJob.self, brokerID: broker, pluginID: manifest.id,
                title: "Check the sign-in at \(manifest.provider)",
                subject: attempt.rawValue, startedBy: actor),
            at: now)
        try execute("UPDATE sign_in_attempt SET job_id = \(job) WHERE id = \(attempt)")
    }
}
