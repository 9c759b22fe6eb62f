import HTML
import HTTPTypes
import Hummingbird
import Logging
import PortalKit

/// The one place that makes answers of errors.
///
/// Whoever is signed in finds them within the frame of all pages, the same at every address: what is forbidden and what does
/// not exist look alike.
struct ErrorAnswer {
    let portal: Portal
    let request: Request
    let context: PortalContext

    func response(to error: any Error) -> Response {
        if let error = error as? any VisitorReadableError {
            var response = page(
                status: error.status, title: error.title, explanation: error.explanation, nextStep: error.nextStep)
            for (name, value) in (error as? PageError)?.headers ?? [] { response.headers[name] = value }
            return response
        }
        if let error = error as? HTTPError, error.status.code < 500 {
            let known: PageError =
                error.status == .notFound ? .notFound : error.status == .contentTooLarge ? .tooLarge : .malformed
            return response(to: known)
        }
        if error as? DatabaseError == .full { return response(to: PageError.diskFull) }
        if error as? DatabaseError == .busy { return response(to: PageError.busy) }
        if let failed = error as? PluginFailed { return response(to: failed) }
        context.logger.error("request failed", metadata: ["error": "\(String(reflecting: error))"])
        return page(
            status: .internalServerError, title: "Something went wrong here",
            explanation: "The fault is this portal's, not yours. What you sent was not carried out, or only in whole.",
            nextStep:
                "Try again. If it stays, give the reference to your portal administrator, who finds the cause in the log.",
            reference: context.requestID)
    }

    /// The plugin is marked, and everything else goes on.
    private func response(to failed: PluginFailed) -> Response {
        portal.note(failed, reference: context.requestID)
        let name = portal.plugins[failed.plugin]?.manifest.listing.name ?? failed.plugin.rawValue
        return page(
            status: .internalServerError, title: "\(name) could not do this",
            explanation: "Its part of this portal failed. Nothing was changed, and everything else works on.",
            nextStep:
                "Try again. If it stays, give the reference to your portal administrator, who sees it on the page of the plugin.",
            reference: context.requestID)
    }

    private func page(
        status: HTTPResponse.Status, title: String, explanation: String, nextStep: String, reference: String? = nil
    ) -> Response {
        let content: HTML = """
            <p>\(explanation)</p><p>\(nextStep)</p>
            \(when(reference) { "<p>Reference: \(copyable($0, label: "reference"))</p>" })
            <p>\(linkButton("Go to the start page", path: "/"))</p>
            """
        guard let visit else {
            return .page(barePage(title: title, ribbons: portal.ribbons, content), status: status)
        }
        var frame = visit.frame(title)
        frame.notice = nil
        for group in frame.menu.indices {
            for item in frame.menu[group].items.indices { frame.menu[group].items[item].isCurrent = false }
        }
        return visit.show(frame, status: status, panel(content))
    }

    /// Of a person whose sign-in is complete, at an address where it works.
    private var visit: Visit? {
        guard let place = context.place, let session = context.session, session.stage == .open,
            portal.addresses.mayWork(session.broker, at: place)
        else { return nil }
        return Visit(
            portal: portal, request: request, context: context, place: place, session: session, form: [:],
            now: portal.now)
    }
}
