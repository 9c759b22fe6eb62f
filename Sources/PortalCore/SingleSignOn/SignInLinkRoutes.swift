import FastCGI
import Foundation
import HTML
import Hummingbird
import PortalKit

/// Break-glass for one person: a link from the portal's machine. Looking at it changes nothing; its button signs in, once.
enum SignInLinkRoutes {
    static func add(to routes: inout RouteTable) {
        routes.publicRoute(.get, "/sign-in-link/:token", page)
        routes.publicRoute(.post, "/sign-in-link/:token", signIn)
    }

    private static func page(_ visit: PublicVisit) throws -> Response {
        let token = Token(visit.context.parameters.get("token") ?? "")
        guard let link = try visit.portal.database.read({ try $0.link(token, .signIn, now: visit.now) }) else {
            return dead(visit)
        }
        return visit.show { visitor in
            visit.entrance(
                "Sign in by this link",
                form(
                    FormPage(
                        action: "\(OneTimeLink.Purpose.signIn.path)/\(token.text)", csrfToken: visitor.derived("form"),
                        lead: """
                            <p>The link was made on the portal's machine. It signs in <strong>\(link.user.name)</strong> \
                            (\(link.user.email)) once, \(countdown(until: link.expiresAt)), and each use is audited and told \
                            by mail.</p>
                            """,
                        fields: [], submit: "Sign in as \(link.user.email)",
                        cancel: (title: "Leave it", path: "/sign-in"))))
        }
    }

    private static func signIn(_ visit: PublicVisit) throws -> Response {
        let token = Token(visit.context.parameters.get("token") ?? "")
        let portal = visit.portal
        let host = visit.place.baseURL.host
        let session = try portal.database.write { db -> (Admission, Token)? in
            guard let link = try db.link(token, .signIn, now: visit.now),
                try db.consume(link: token, .signIn, now: visit.now)
            else { return nil }
            let broker = try link.user.brokerID.flatMap { try db.broker($0) }
            try db.audit(
                AuditLine(
                    brokerID: broker?.id, actor: link.user.email, action: "session.start", object: "host:\(host)",
                    detail: ["method": Session.Method.breakGlass.rawValue, "link made by": link.createdBy],
                    requestID: visit.context.requestID, address: visit.context.variables.remoteAddress),
                at: visit.now)
            try db.tellOfSignInLink(link.user.email, broker, "was used", portal.vault, at: visit.now)
            return try visit.admit(
                link.user, .breakGlass, hasProvedSecond: true, limit: Session.breakGlassLimit, &db)
        }
        guard let (admission, started) = session else { return dead(visit) }
        var response = Response.seeOther(admission.user.role == .brokerOwner ? "/security" : "/")
        admission.set(started, on: &response)
        return response
    }

    private static func dead(_ visit: PublicVisit) -> Response {
        .page(
            visit.entrance(
                "This link no longer works",
                """
                <p>A sign-in link works once, for ten minutes. Whoever administers the portal's machine can make another.</p>
                <p>\(linkButton("Go to the sign-in page", path: "/sign-in"))</p>
                """), status: .notFound)
    }
}
