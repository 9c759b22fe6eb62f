import Foundation
import Hummingbird

/// A signed-in person's request on its way through the gates of its route.
struct RouteVisit: Sendable {
    let portal: Portal
    let request: Request
    let context: PortalContext
    let place: Place
    let session: Session
    let rules: RouteRules

    var isPost: Bool { request.method == .post }
    var pathAndQuery: String { request.uri.string }

    /// Whether the address is one for this route.
    var isRightAddress: Bool {
        guard portal.addresses.mayWork(session.broker, at: place) else { return false }
        guard isPost, rules.contains(.regionalAddress), let broker = session.broker else { return true }
        return portal.addresses.maySignInAtProvider(broker, at: place)
    }

    var isProved: Bool {
        !rules.contains(.recentProof) || portal.now < session.provedAt + Session.proofLifetime
    }

    /// Leads to the right address, with what was typed.
    func detour(_ fields: [String: String]) throws -> Response {
        let home = portal.addresses.home(of: session.user, broker: session.broker, at: place)
        guard isPost else {
            return .seeOther(handoverPath(to: home.baseURL, from: place.baseURL, path: pathAndQuery))
        }
        let held = try portal.hold(HeldForm(path: request.uri.path, fields: fields), for: .person(session.user.id))
        let path = handoverPath(
            to: home.baseURL, from: place.baseURL, path: held.map(HeldFormRoutes.path) ?? request.uri.path)
        return detourPage(self, to: home.baseURL, path: path)
    }

    /// Leads to the page that asks for a proof.
    func stepUp(_ fields: [String: String], wasWrong: Bool = false) throws -> Response {
        var target = "next=\(localPath(isPost ? "/" : pathAndQuery).queryEncoded)"
        if isPost {
            let held = try portal.hold(HeldForm(path: request.uri.path, fields: fields), for: .person(session.user.id))
            target = "held=\(held?.text ?? "")"
        }
        return .seeOther("/confirm?\(target)\(wasWrong ? "&wrong=1" : "")")
    }
}
