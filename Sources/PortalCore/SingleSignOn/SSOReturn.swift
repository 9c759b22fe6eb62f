import FastCGI
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import Logging
import OpenIDConnect
import PortalKit

/// A provider's answer to a sign-in: judged, exchanged, and turned into a session.
///
/// The exchange happens in the request, which the person waits for anyway: it is bounded in time (``SSOSender``) and in number
/// (``SSOTurnstile``).
enum SSOReturn {
    static func answer(_ visit: PublicVisit) async throws -> Response {
        let broker = Key<Broker>(visit.context.parameters.get("broker") ?? "")
        let portal = visit.portal
        let found = try portal.database.read { db in
            try (
                broker: db.broker(broker), provider: db.ssoProvider(of: broker),
                signIn: db.ssoSignIn(state: Token(visit.query("state")), of: broker)
            )
        }
        // Somebody else's address, or nobody's: there is no such page.
        guard let owner = found.broker, let provider = found.provider,
            portal.addresses.maySignInAtProvider(owner, at: visit.place)
        else { throw PageError.notFound }
        let arrival = Arrival(visit: visit, broker: owner, provider: provider)
        guard let signIn = found.signIn else { return try arrival.refuse(.unknownState, isStrangers: true) }
        do {
            return try await arrival.take(signIn)
        } catch let failure as SSOFailure {
            if failure == .used, let session = visit.context.session, session.method == .sso {
                return .seeOther(signIn.next)
            }
            return try arrival.refuse(failure, isStrangers: false)
        }
    }
}

private struct Arrival {
    let visit: PublicVisit
    let broker: Broker
    let provider: SSOProvider

    private var portal: Portal { visit.portal }

    /// - Throws: ``SSOFailure``.
    func take(_ signIn: SSOSignIn) async throws -> Response {
        guard let cookie = visit.request.cookie(SSOSignIn.cookie), Token(cookie).hash == signIn.browserHash else {
            throw SSOFailure.otherBrowser
        }
        guard signIn.usedAt == nil else { throw SSOFailure.used }
        guard signIn.expiresAt > visit.now else { throw SSOFailure.late }
        guard provider.version == signIn.version, let metadata = provider.metadata,
            provider.isEnabled || signIn.purpose != .signIn
        else { throw SSOFailure.settingsChanged }
        let issuer = visit.query("iss")
        guard metadata.mayHaveAnswered(as: issuer.isEmpty ? nil : issuer) else { throw SSOFailure.otherIssuer }
        if let person = signIn.userID, visit.context.session?.user.id != person { throw SSOFailure.otherBrowser }
        let account = try await portal.ssoTurnstile.pass(broker.id.rawValue) {
            guard try portal.database.write({ try $0.use(signIn, now: visit.now) }) else { throw SSOFailure.used }
            let error = visit.query("error")
            guard error.isEmpty else { throw SSOFailure.refused(SSOFailure.plain(error)) }
            let code = visit.query("code")
            guard !code.isEmpty else { throw SSOFailure.empty }
            let secrets = try portal.vault.open(
                SSOSignIn.Secrets.self, signIn.secrets, for: SSOSignIn.sealIdentity(signIn.startHash))
            return try await SSOExchange(
                portal: portal, provider: provider, metadata: metadata, secrets: secrets,
                redirectAddress: portal.addresses.singleSignOnAddress(of: broker)
            ).account(code: code)
        }
        if signIn.purpose == .confirm, !account.isFresh(at: visit.now) { throw SSOFailure.notFresh }
        return try admit(account, signIn)
    }

    /// A new session in the place of the browser's present one, and for who came from a branded host a ticket to go back.
    private func admit(_ account: SSOAccount, _ signIn: SSOSignIn) throws -> Response {
        let host = visit.place.baseURL.host
        let ticket = Token()
        // The exchange took its time.
        let now = portal.now
        let (admission, token, returnsTo) = try portal.database.write { db -> (Admission, Token, BaseURL?) in
            // The settings may have changed while the provider was asked.
            guard try db.ssoProvider(of: broker.id)?.version == provider.version else {
                throw SSOFailure.settingsChanged
            }
            let (user, isNew) = try db.person(
                behind: account, of: provider, linking: signIn.purpose == .link ? signIn.userID : nil, now: now)
            if let person = signIn.userID, person != user.id { throw SSOFailure.otherPersons }
            let branded = try db.broker(brandedHost: signIn.host)?.id == broker.id
            if isNew { try db.audit(line(user.email, "sso.link", "user:\(user.id)", account), at: now) }
            try db.audit(
                line(
                    user.email, signIn.purpose == .confirm ? "session.confirm" : "session.start", "host:\(host)",
                    account), at: now)
            // A second step is the provider's affair.
            let provedAt = proof(account, signIn, now)
            let (admission, token) = try visit.admit(
                user, .sso, provedAt: provedAt, hasProvedSecond: true,
                cameFrom: branded ? signIn.host : visit.context.session?.cameFrom, &db)
            // Who comes back was no stranger: a company behind one address signs in without waiting.
            if signIn.userID == nil {
                try db.takeBackTry(.singleSignOn, at: broker.id.rawValue, from: .address(visit.address))
            }
            guard branded, let nonce = signIn.nonceHash else { return (admission, token, nil) }
            try db.execute(
                """
                INSERT INTO handover (token_hash, nonce_hash, user_id, from_host, session_hash, to_host, path, method, proved_at,
                    session_until, expires_at)
                VALUES (\(ticket.hash), \(nonce), \(user.id), \(host), \(token.hash), \(signIn.host), \(signIn.next),
                    \(Session.Method.sso), \(provedAt),
                    \(now + portal.configuration.sessionLimits.absolute), \(now + 60))
                """)
            return (admission, token, visit.place.baseURL.with(host: signIn.host))
        }
        var response = Response.seeOther(returnsTo.map { "\($0)/handover?ticket=\(ticket.text)" } ?? signIn.next)
        admission.set(token, on: &response)
        return response
    }

    /// A return can be silent, so the provider's word on when the person last typed something there counts. Who
    /// was signed in here all the way keeps the proof of before.
    private func proof(_ account: SSOAccount, _ signIn: SSOSignIn, _ now: Date) -> Date {
        // Not every provider says when; one that does not is believed.
        let there = min(account.authenticatedAt ?? now, now)
        guard signIn.userID != nil, let session = visit.context.session else { return there }
        return max(there, session.provedAt)
    }

    /// One line in the audit, and a page that says what to do. Anybody can send answers that belong to nothing: beyond some a
    /// minute they are in the log only.
    func refuse(_ failure: SSOFailure, isStrangers: Bool) throws -> Response {
        visit.context.logger.notice("a sign-in with a provider was refused", metadata: ["reason": "\(failure.name)"])
        try portal.database.write { db in
            if isStrangers {
                let many = try db.count(
                    """
                    SELECT COUNT(*) FROM audit WHERE broker_id = \(broker.id) AND at > \(visit.now - 60)
                        AND action = 'sso.answer'
                    """)
                guard many < 20 else { return }
            }
            var line = line(
                visit.context.session?.user.email ?? "nobody", isStrangers ? "sso.answer" : "session.start",
                "broker:\(broker.id)", nil)
            line.outcome = .refused
            line.detail["reason"] = failure.name
            try db.audit(line, at: visit.now)
        }
        let status: HTTPResponse.Status =
            switch failure {
            case .slow, .unreachable, .malformed, .exchange: .badGateway
            default: .badRequest
            }
        return .page(ssoFailurePage(visit, failure.problem(at: provider.name)), status: status)
    }

    private func line(_ actor: String, _ action: String, _ object: String, _ account: SSOAccount?) -> AuditLine {
        var detail = ["method": Session.Method.sso.rawValue]
        if let account {
            detail["issuer"] = account.issuer
            detail["subject"] = account.subject
        }
        return AuditLine(
            brokerID: broker.id, actor: actor, action: action, object: object, detail: detail,
            requestID: visit.context.requestID, address: visit.context.variables.remoteAddress)
    }
}
