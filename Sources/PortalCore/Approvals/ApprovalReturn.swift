import Foundation
import HTTPTypes
import Hummingbird
import PortalKit

/// A provider's answer to somebody who has no account here. It is kept sealed for the step that waits for it, and answered with
/// a clean address.
enum ApprovalReturn {
    private static let maxFields = 20
    private static let longestValue = 4_000

    /// - Returns: `nil` for an answer that belongs to no approval.
    static func answer(_ visit: PublicVisit) throws -> Response? {
        let portal = visit.portal
        guard let trip = try portal.database.read({ try $0.trip(callback: Token(visit.query("state"))) }) else {
            return nil
        }
        guard let cookie = visit.tripCookie(trip.id), cookie.browser.hash == trip.browserHash,
            let link = try portal.database.read({ try $0.approvalLink(cookie.link) }),
            link.approval.id == trip.approvalID
        else { return visit.approvalNotice(visit.texts().foreignAnswer, .badRequest) }
        let home = "\(Portal.approvalPath)/\(link.token.text)"
        // The same answer once more: the page shows what came of it.
        guard trip.answeredAt == nil, link.approval.state.isOpen else { return .seeOther(home) }
        guard visit.now < trip.createdAt + ApprovalTrip.limit, let sealed = trip.secrets else {
            return .seeOther("\(home)?late=1")
        }
        let secrets = try portal.vault.open(
            ApprovalTrip.Secrets.self, sealed, for: ApprovalTrip.sealIdentity(trip.id))
        let answer = self.answer(
            link.approval.ask.departure, visit.request.queryFields(max: maxFields, longest: longestValue), secrets,
            redirectAddress: portal.addresses.redirectAddress(of: link.broker))
        try portal.database.write { db in
            guard try db.noteAnswered(trip, at: visit.now) else { return }
            let approval = link.approval
            try db.audit(visit.line("approval.answer", link), at: visit.now)
            try db.tell(
                approval.tenantID, approval.pluginID, .answered(answer), for: approval.step, portal.vault, at: visit.now
            )
        }
        var response = Response.seeOther(home)
        response.set(cookie: ApprovalTrip.cookie(trip.id), "", maxAge: 0)
        return response
    }

    private static func answer(
        _ departure: Ask.Departure, _ fields: [String: String], _ secrets: ApprovalTrip.Secrets, redirectAddress: String
    ) -> AskAnswer {
        switch departure {
        case .page: return .page(fields.filter { $0.key != "state" })
        case .signIn:
            // An error counts before anything else.
            if let error = fields["error"] {
                return .signIn(.refused(error: error, description: fields["error_description"] ?? ""))
            }
            return .signIn(
                .code(
                    fields["code"] ?? "", redirectURI: redirectAddress, codeVerifier: secrets.codeVerifier,
                    nonce: secrets.nonce))
        }
    }
}
