import FastCGI
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import OpenIDConnect
import PortalKit

/// Signing in with a broker's provider: which one it is, the way there, and the end of it.
enum SSOSignInRoutes {
    static func add(to routes: inout RouteTable) {
        routes.publicRoute(.get, "/sign-in/sso", page)
        routes.publicRoute(.post, "/sign-in/sso", stale: again, begin)
        routes.publicRoute(.get, "/sso/:broker/start", depart)
        routes.publicRoute(.get, "/sso/:broker/return", SSOReturn.answer)
        routes.publicRoute(.get, "/signed-out", signedOut)
        routes.post("/confirm/sso", .seeHome, needs: [.regionalAddress], confirm)
        routes.post("/account/sso", .seeHome, needs: [.regionalAddress, .recentProof], link)
    }

    private static func page(_ visit: PublicVisit) throws -> Response {
        let choice = try visit.ssoChoice()
        return visit.show { ssoPage(visit, $0.derived("form"), choice, next: localPath(visit.query("next"))) }
    }

    private static func again(_ visit: PublicVisit) throws -> Response {
        let choice = try visit.ssoChoice()
        return visit.show(status: .forbidden) {
            ssoPage(
                visit, $0.derived("form"), choice, next: localPath(visit.form["next"] ?? "/"),
                email: typedAddress(visit.form["email"]), problem: PublicVisit.staleForm)
        }
    }

    /// Finds the broker: a branded host's own, else the one that the e-mail's domain belongs to in this region. Whether there
    /// is such a person is for the provider to say.
    private static func begin(_ visit: PublicVisit) throws -> Response {
        let next = localPath(visit.form["next"] ?? "/")
        let email = (visit.form["email"] ?? "").trimmingCharacters(in: .whitespaces).lowercased()
        guard let broker = try visit.ssoBroker(email: email) else {
            let domain = email.split(separator: "@").last.map(String.init) ?? ""
            let problem =
                domain.isEmpty
                ? "Enter your e-mail address at work."
                : "Single sign-on is not set up here for addresses at \(domain.prefix(100)). Check the address, or sign in with your password."
            return visit.show(status: .unprocessableContent) {
                ssoPage(
                    visit, $0.derived("form"), .byEmail, next: next, email: String(email.prefix(254)), problem: problem)
            }
        }
        let wait = try visit.portal.database.write { db in
            try db.countTry(.singleSignOn, at: broker.id.rawValue, from: .address(visit.address), now: visit.now)
        }
        if let wait {
            return visit.show(status: .tooManyRequests) {
                ssoPage(
                    visit, $0.derived("form"), .byEmail, next: next, email: String(email.prefix(254)),
                    problem:
                        "Too many sign-ins were begun from your network. Wait \(wait) seconds, then send this once more."
                )
            }
        }
        return try visit.portal.sendAway(
            broker, .signIn, person: nil, from: visit.place, next: next)
    }

    /// A step-up of somebody who signed in with the provider.
    private static func confirm(_ visit: Visit) throws -> Response {
        let held = Token(visit.form["form"] ?? "")
        let hasHeld = try visit.portal.heldForm(held, for: visit.user.id, browser: nil) != nil
        return try leave(
            visit, .confirm, next: hasHeld ? HeldFormRoutes.path(held) : localPath(visit.form["next"] ?? "/"))
    }

    /// Somebody names the own account at the provider, where no verified address could.
    private static func link(_ visit: Visit) throws -> Response {
        let next = localPath(visit.form["next"] ?? "/account")
        return try leave(visit, .link, next: "\(next)?done=\(Done.ssoLinked.rawValue)")
    }

    /// Where there is no provider, or none for this person, the own page says so.
    private static func leave(_ visit: Visit, _ purpose: SSOSignIn.Purpose, next: String) throws -> Response {
        guard let broker = visit.session.broker, visit.user.organizationID == nil,
            try visit.portal.database.read({ try $0.ssoProvider(of: broker.id)?.metadata }) != nil
        else { return .seeOther("/account") }
        return try visit.portal.sendAway(broker, purpose, person: visit.user.id, from: visit.place, next: next)
    }

    /// At the broker's regional address: from here on the sign-in is this browser's, and on it goes to the provider.
    private static func depart(_ visit: PublicVisit) throws -> Response {
        let portal = visit.portal
        let start = Token(visit.query("ticket"))
        let browser = visit.request.cookie(SSOSignIn.cookie).map { Token($0) } ?? Token()
        let found = try portal.database.read { db -> (SSOSignIn, SSOProvider, Broker)? in
            guard let signIn = try db.ssoSignIn(start: start, now: visit.now),
                signIn.brokerID.rawValue == visit.context.parameters.get("broker"),
                let provider = try db.ssoProvider(of: signIn.brokerID), provider.isEnabled || signIn.userID != nil,
                let broker = try db.broker(signIn.brokerID)
            else { return nil }
            return (signIn, provider, broker)
        }
        guard let (signIn, provider, broker) = found, portal.addresses.maySignInAtProvider(broker, at: visit.place),
            let metadata = provider.metadata, try portal.database.write({ try $0.bind(signIn, to: browser) })
        else { throw PageError.stale("This sign-in was begun in another browser, or it is over.") }
        let secrets = try portal.vault.open(
            SSOSignIn.Secrets.self, signIn.secrets, for: SSOSignIn.sealIdentity(signIn.startHash))
        var parameters = [
            "client_id": provider.clientID, "response_type": "code", "response_mode": "query",
            "redirect_uri": portal.addresses.singleSignOnAddress(of: broker), "scope": SSOExchange.scope,
            "state": secrets.state, "nonce": secrets.nonce, "code_challenge": secrets.codeChallenge,
            "code_challenge_method": "S256",
        ]
        if signIn.purpose == .confirm {
            parameters["prompt"] = "login"
            // Either makes the provider tell when the person was asked.
            parameters["max_age"] = "0"
            parameters["claims"] = #"{"id_token":{"auth_time":{"essential":true}}}"#
        }
        let target = metadata.authorizationAddress(parameters)
        var response = Response.page(ssoDeparturePage(visit, provider, broker, target: target))
        response.set(cookie: SSOSignIn.cookie, browser.text, maxAge: Int(SSOSignIn.lifetime))
        return response
    }

    /// The end of a session here is not the end of the one at the provider.
    private static func signedOut(_ visit: PublicVisit) throws -> Response {
        let broker = Key<Broker>(visit.query("sso"))
        let provider = try visit.portal.database.read { try $0.ssoProvider(of: broker) }
        let address = provider.flatMap { $0.isEnabled ? $0.metadata?.endSessionAddress(clientID: $0.clientID) : nil }
        return .page(signedOutPage(visit, provider, endSession: address))
    }
}

extension Portal {
    /// Begins a sign-in and leads to the broker's regional address, where a provider's sign-ins start.
    ///
    /// - Parameter place: where the person is; from a branded host the way leads back there.
    fileprivate func sendAway(
        _ broker: Broker, _ purpose: SSOSignIn.Purpose, person: Key<User>?, from place: Place, next: String
    ) throws -> Response {
        guard let provider = try database.read({ try $0.ssoProvider(of: broker.id) }), provider.metadata != nil,
            provider.isEnabled || purpose != .signIn
        else { throw PageError.notFound }
        var nonce: Token?
        if case .branded = place { nonce = Token() }
        let start = try beginSSO(
            SSOSignIn.New(
                provider: provider, purpose: purpose, userID: person, host: place.baseURL.host, nonce: nonce, next: next
            ))
        var response = Response.seeOther(
            "\(addresses.home(of: broker).baseURL)/sso/\(broker.id)/start?ticket=\(start.text)")
        if let nonce {
            response.set(cookie: HandoverRoutes.cookie, nonce.text, maxAge: Int(SSOSignIn.lifetime))
        }
        return response
    }
}

/// How the sign-in page finds the provider.
enum SSOChoice: Sendable {
    /// Nobody here signs in with one.
    case none
    /// By the address at work.
    case byEmail
    /// The one of the branded host's broker.
    case of(SSOProvider, Broker)
}

extension PublicVisit {
    func ssoChoice() throws -> SSOChoice {
        try portal.database.read { db in
            switch place {
            case .region(let region): return try db.hasSSO(region: region.id) ? .byEmail : .none
            case .branded(_, let broker):
                guard let provider = try db.ssoProvider(of: broker.id), provider.isEnabled else { return .none }
                return .of(provider, broker)
            }
        }
    }

    fileprivate func ssoBroker(email: String) throws -> Broker? {
        try portal.database.read { db in
            switch place {
            case .branded(_, let broker):
                return try db.ssoProvider(of: broker.id)?.isEnabled == true ? broker : nil
            case .region(let region):
                guard let domain = email.split(separator: "@").last, email.contains("@") else { return nil }
                return try db.broker(ssoDomain: String(domain)).flatMap { $0.region == region.id ? $0 : nil }
            }
        }
    }
}
