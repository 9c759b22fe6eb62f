import FastCGI
import Foundation
import Hummingbird
import Logging

/// Finds out which of our addresses the request came to, before any cookie is read, and then whose session it is.
struct PlaceMiddleware: RouterMiddleware {
    let portal: Portal

    func handle(
        _ request: Request, context: PortalContext, next: (Request, PortalContext) async throws -> Response
    ) async throws -> Response {
        guard let host = request.head.authority.flatMap(Host.init), agrees(context.variables.serverName, host) else {
            throw PageError.unknownHost
        }
        var context = context
        let now = portal.now
        let limits = portal.configuration.sessionLimits
        let token = (request.cookie(Session.cookie) ?? request.cookie(SignInRoutes.visitorCookie)).map { Token($0) }
        let isSession = request.cookie(Session.cookie) != nil
        let (place, session, surroundings, settings) = try portal.database.read { db in
            let place = try portal.addresses.place(of: host, &db)
            let session =
                try isSession && place != nil
                ? token.flatMap { try db.session($0, at: host.name, limits, now: now) } : nil
            return (
                place, session, try session.map { try portal.surroundings(of: $0, &db, now: now) },
                try db.settingsVersion()
            )
        }
        guard let place else { throw PageError.unknownHost }
        try portal.builtPlugins.follow(settings)
        if let session, now.timeIntervalSince(session.seenAt) > 60 {
            touch(session, at: now)
        }
        context.place = place
        context.session = session
        context.surroundings = surroundings
        // A dead session's cookie must not shadow the visitor's: sign-in forms hang on the latter.
        context.token = session != nil ? token : request.cookie(SignInRoutes.visitorCookie).map { Token($0) }
        return try await next(request, context)
    }

    /// A full disk keeps nobody from looking.
    private func touch(_ session: Session, at now: Date) {
        do {
            try portal.database.write { try $0.touchSession(session.tokenHash, now: now) }
        } catch {
            portal.logger.error("a session's last use could not be noted", metadata: ["error": "\(error)"])
        }
    }

    /// The web server's own name for the site, where it tells one, is the name asked for.
    private func agrees(_ serverName: String, _ host: Host) -> Bool {
        serverName.isEmpty || serverName == "_" || Host(serverName) == host
    }
}
