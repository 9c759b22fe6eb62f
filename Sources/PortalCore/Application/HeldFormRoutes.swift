import Foundation
import HTML
import Hummingbird
import PortalKit

/// Where a person finds the form that waited for a detour.
enum HeldFormRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/held/:token", .seeHome, page)
        routes.post("/held/:token/removal", .seeHome, needs: [.enrolment], leave)
    }

    static func path(_ token: Token) -> String { "/held/\(token.text)" }

    /// For those who think better of it: what was typed is kept no longer.
    static func leaveButton(_ token: Token, csrf: String) -> HTML {
        postButton("Leave it", action: "\(path(token))/removal", csrfToken: csrf, style: .quiet)
    }

    private static func page(_ visit: Visit) throws -> Response {
        let (form, token) = try visit.heldForm
        return visit.show(visit.frame("Your form was kept"), heldFormPage(form, token, csrf: visit.session.formToken))
    }

    private static func leave(_ visit: Visit) throws -> Response {
        let token = try visit.heldForm.token
        try visit.portal.database.write { try $0.drop(heldForm: token) }
        return .seeOther("/?done=\(Done.formDropped.rawValue)")
    }
}

extension Visit {
    /// The one that the address names, if it is this person's or this browser's.
    fileprivate var heldForm: (form: HeldForm, token: Token) {
        get throws {
            let token = Token(context.parameters.get("token") ?? "")
            let browser = request.cookie(HeldForm.cookie).map { Token($0) }
            guard let form = try portal.heldForm(token, for: user.id, browser: browser) else {
                throw PageError.formGone
            }
            return (form, token)
        }
    }
}

private func heldFormPage(_ held: HeldForm, _ token: Token, csrf: String) -> HTML {
    """
    \(form(FormPage(
        action: held.path, csrfToken: csrf,
        lead: "<p>What you had typed was not carried out yet. Nothing is lost: send it now, here. <em>Leave it</em> drops it.</p>",
        fields: [], submit: "Send it", hidden: [(name: "held", value: token.text)])))\
    \(HeldFormRoutes.leaveButton(token, csrf: csrf))
    """
}

/// Said where a form was sent from an address at which this can't be done.
func detourPage(_ visit: RouteVisit, to target: BaseURL, path: String) -> Response {
    .page(
        barePage(
            title: "This goes on at another address", brokerName: visit.session.broker?.name,
            ribbons: visit.portal.ribbons,
            """
            <p>\(target.host) is the address of your region. A sign-in at a provider starts and ends there, and you are not \
            at that address.</p>
            <p>Nothing was carried out yet, and what you typed is kept: continue there and send it.</p>
            <p>\(linkButton("Continue at \(target.host)", path: path))</p>
            """), status: .unprocessableContent)
}
