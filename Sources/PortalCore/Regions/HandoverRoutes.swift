import FastCGI
import Foundation
import HTTPTypes
import Hummingbird
import PortalKit

/// Takes a signed-in person from one of our addresses to another, where no cookie can follow.
///
/// Three hops, each a redirect: the target sets a nonce in a cookie of its own (`start`), the origin, where the person is
/// signed in, makes a one-time ticket bound to that nonce (`grant`), and the target takes the ticket with the cookie. So a
/// ticket is worthless in another browser, and nobody can be signed in as somebody else by a link.
enum HandoverRoutes {
    static let cookie = "__Host-gatehouse-handover"
    private static let lifetime: TimeInterval = 60

    static func add(to routes: inout RouteTable) {
        routes.publicRoute(.get, "/handover/start", start)
        routes.publicRoute(.get, "/handover/grant", grant)
        routes.publicRoute(.get, "/handover", take)
    }

    /// At the target, which is always a region.
    private static func start(_ visit: PublicVisit) throws -> Response {
        guard case .region(let region) = visit.place, let origin = try visit.knownAddress(visit.query("from")) else {
            throw PageError.notFound
        }
        let nonce = Token()
        let query =
            "nonce=\(Data(nonce.hash).base64URL)&to=\(region.id)&path=\(localPath(visit.query("path")).queryEncoded)"
        var response = Response.seeOther("\(origin)/handover/grant?\(query)")
        response.set(cookie: cookie, nonce.text, maxAge: Int(lifetime))
        return response
    }

    /// At the origin.
    private static func grant(_ visit: PublicVisit) throws -> Response {
        let portal = visit.portal
        guard let target = portal.addresses.regions.first(where: { $0.id == visit.query("to") }),
            let nonceHash = Data(base64URL: visit.query("nonce")), nonceHash.count == 32,
            target.baseURL.host != visit.place.baseURL.host
        else { throw PageError.notFound }
        let path = localPath(visit.query("path"))
        guard let session = visit.context.session, session.stage == .open else {
            return .seeOther("\(target.baseURL)/sign-in?next=\(path.queryEncoded)")
        }
        guard portal.addresses.home(of: session.user, broker: session.broker, at: .region(target)) == target else {
            throw PageError.notFound
        }
        let ticket = Token()
        let here = visit.place.baseURL.host
        let staysHere = portal.addresses.mayWork(session.broker, at: visit.place)
        try portal.database.write { db in
            try db.execute(
                """
                INSERT INTO handover (token_hash, nonce_hash, user_id, from_host, session_hash, to_host, path, method, proved_at,
                    session_until,
                    expires_at)
                VALUES (\(ticket.hash), \(Array(nonceHash)), \(session.user.id), \(here), \(session.tokenHash), \(target.baseURL.host), \(path),
                    \(session.method), \(session.provedAt),
                    COALESCE((SELECT expires_at FROM session WHERE token_hash = \(session.tokenHash)), 0), \(visit.now + lifetime))
                """)
            // Who signed in at an address that is not the own broker's has no business there.
            if !staysHere { try db.endSession(session.tokenHash) }
        }
        var response = Response.seeOther("\(target.baseURL)/handover?ticket=\(ticket.text)")
        if !staysHere { response.set(cookie: Session.cookie, "", maxAge: 0) }
        return response
    }

    /// At the target: works once, in the browser that began it.
    private static func take(_ visit: PublicVisit) throws -> Response {
        let portal = visit.portal
        let host = visit.place.baseURL.host
        guard let nonce = visit.request.cookie(cookie).map({ Token($0) }) else { return .seeOther("/") }
        let ticket = Token(visit.query("ticket"))
        let taken = try portal.database.write { db -> (Token, String)? in
            let found = try db.first(
                """
                DELETE FROM handover WHERE token_hash = \(ticket.hash) AND nonce_hash = \(nonce.hash) AND to_host = \(host)
                    AND expires_at > \(visit.now)
                RETURNING user_id, from_host, path, session_hash, method, proved_at, session_until
                """
            ) { row -> (NewSession, String, String, Date) in
                let new = try NewSession(
                    user: row[0], host: host, method: row[4], provedAt: row[5],
                    address: visit.context.variables.remoteAddress, agent: visit.request.headers[.userAgent] ?? "",
                    parent: row[3])
                return try (new, row[1], row[2], row[6])
            }
            guard case (var new, let origin, let path, let until)? = found else { return nil }
            new.cameFrom = try db.broker(brandedHost: origin) == nil ? nil : origin
            let user = new.user
            // A session that was handed over lives no longer than the one that it comes from.
            var limits = portal.configuration.sessionLimits
            limits.absolute = min(limits.absolute, until.timeIntervalSince(visit.now))
            let token = try db.start(new, replacing: visit.context.session, limits, now: visit.now)
            let owner = try db.owner(of: user)
            try db.audit(
                AuditLine(
                    brokerID: owner?.broker, actor: owner?.email ?? "", action: "session.hand-over",
                    object: "host:\(host)", detail: ["from": origin], requestID: visit.context.requestID,
                    address: visit.context.variables.remoteAddress),
                at: visit.now)
            return (token, path)
        }
        // A used or late ticket leads on too: who is signed in goes on, who is not signs in.
        guard let (token, path) = taken else { return .seeOther("/") }
        var response = Response.seeOther(path)
        response.set(cookie: Session.cookie, token.text)
        response.set(cookie: cookie, "", maxAge: 0)
        return response
    }
}

/// The link that begins a hand-over.
func handoverPath(to target: BaseURL, from origin: BaseURL, path: String) -> String {
    "\(target)/handover/start?from=\(origin.host)&path=\(localPath(path).queryEncoded)"
}

extension PublicVisit {
    /// One of our own addresses by its host name.
    fileprivate func knownAddress(_ text: String) throws -> BaseURL? {
        guard let host = Host(text) else { return nil }
        return try portal.database.read { try portal.addresses.place(of: host, &$0)?.baseURL }
    }
}

extension DatabaseConnection {
    fileprivate mutating func owner(of user: Key<User>) throws -> (email: String, broker: Key<Broker>?)? {
        try first("SELECT email, broker_id FROM portal_user WHERE id = \(user)") { row in
            try (email: row[0], broker: row[1])
        }
    }
}
