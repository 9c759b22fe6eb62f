import FastCGI
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import PortalKit

extension PublicVisit {
    /// The language that the page is asked in, or that the browser wants.
    func texts(_ message: Language? = nil) -> ApprovalTexts {
        let asked = form["lang"] ?? query("lang")
        let accepted = request.headers[.acceptLanguage].flatMap(Language.init(accepted:))
        return ApprovalTexts(language: Language(rawValue: asked) ?? accepted ?? message ?? .english)
    }

    /// The link that the address names, for an answer made of it.
    ///
    /// Whoever guesses is slowed down, and is answered the same whatever was guessed.
    func withApproval(
        _ answer: (ApprovalLink, PluginRegistry.Entry, any TenantSetup) throws -> Response
    ) throws -> Response {
        let token = Token(context.parameters.get("token") ?? "")
        let source = TrySource.address(context.variables.remoteAddress)
        let found = try portal.database.read { db in
            (try db.approvalLink(token), try db.wait(before: .approval, at: "", from: source, now: now))
        }
        if let seconds = found.1 { return approvalNotice(texts().tooMany, .tooManyRequests, retryAfter: seconds) }
        guard let link = found.0, let entry = portal.plugins[link.approval.pluginID], let setup = entry.tenantSetup
        else {
            try portal.database.write { _ = try $0.countTry(.approval, at: "", from: source, now: now) }
            return approvalNotice(texts().unknown, .notFound)
        }
        // One address for each link: the region's.
        guard portal.addresses.maySignInAtProvider(link.broker, at: place) else {
            return .seeOther(portal.address(ofApproval: token, for: link.broker))
        }
        return try answer(link, entry, setup)
    }

    /// A page that says what happened and what to do.
    func approvalNotice(
        _ notice: (title: String, text: String), _ status: HTTPResponse.Status, retryAfter: Int? = nil
    ) -> Response {
        let texts = texts()
        var response = Response.page(
            barePage(
                title: notice.title, layout: .letter, ribbons: portal.ribbons, hasErrors: true,
                language: texts.language, skip: texts.skip, "<p>\(notice.text)</p>"), status: status)
        if let retryAfter { response.headers[.retryAfter] = String(retryAfter) }
        return response
    }

    func approvalPage(
        _ link: ApprovalLink, _ entry: PluginRegistry.Entry, _ setup: any TenantSetup, csrf: String
    ) throws -> ApprovalPage {
        let texts = texts(link.approval.language)
        guard
            let words = setup.setup.words(of: link.approval.step, link.tenant, link.broker, in: texts.language)
        else { throw PageError.notFound }
        let isEnabled = try portal.database.read { try $0.isEnabled(entry.manifest.id) }
        var chip: String?
        if case .region(let region) = place { chip = region.label }
        return ApprovalPage(
            link: link, words: words, texts: texts, provider: entry.manifest.provider, listing: entry.manifest.listing,
            csrf: csrf, isPaused: !isEnabled, isLate: query("late") == "1", ribbons: portal.ribbons, regionChip: chip,
            now: now)
    }

    /// An audit line of somebody who has a link, and is otherwise not known.
    func line(_ action: String, _ link: ApprovalLink, _ detail: [String: String] = [:]) -> AuditLine {
        var line = link.approval.line(action, detail, by: "somebody with the link")
        line.requestID = context.requestID
        line.address = context.variables.remoteAddress
        return line
    }
}
