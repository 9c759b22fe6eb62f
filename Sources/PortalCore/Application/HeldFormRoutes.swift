import Foundation
import HTML
import Hummingbird
import PortalKit

/// Where a person finds the form that waited for a detour.
enum HeldFormRoutes {
    static func add(to routes: inout RouteTable) {
        routes.get("/held/:token", .seeHome, page)
    }

    static func path(_ token: Token) -> String { "/held/\(token.text)" }

    private static func page(_ visit: Visit) throws -> Response {
        let token = Token(visit.context.parameters.get("token") ?? "")
        let browser = visit.request.cookie(HeldForm.cookie).map { Token($0) }
        guard let form = try visit.portal.heldForm(token, for: visit.user.id, browser: browser) else {
            throw PageError.formGone
        }
        return visit.show(visit.frame("Your form was kept"), heldFormPage(form, token, csrf: visit.session.formToken))
    }
}

private func heldFormPage(_ held: HeldForm, _ token: Token, csrf: String) -> HTML {
    form(
        FormPage(
            action: held.path, csrfToken: csrf,
            lead: "<p>What you had typed was not carried out yet. Nothing is lost: send it now, here.</p>", fields: [],
            submit: "Send it", cancel: (title: "Leave it", path: "/"), hidden: [(name: "held", value: token.text)]))
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
