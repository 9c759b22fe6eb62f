import Foundation
import Hummingbird
import PortalKit

/// An invitation's link on the page that follows its making, to be copied: for a quarter of an hour, for whoever made it, and
/// kept sealed until then. Later only a new link helps.
struct ShownLink: Sendable {
    let email: String
    let link: String

    static let query = "link"
}

extension Visit {
    /// The address of a page that shows the link.
    func path(_ page: String, showing shown: ShownLink, _ done: Done) throws -> String {
        let form = HeldForm(path: page, fields: ["email": shown.email, "link": shown.link])
        let token = try portal.hold(form, for: .person(user.id))
        return "\(page)?done=\(done.rawValue)&\(ShownLink.query)=\(token?.text ?? "")"
    }

    /// What this address of the present page shows.
    func shownLink() throws -> ShownLink? {
        let token = query(ShownLink.query)
        guard !token.isEmpty, let kept = try portal.heldForm(Token(token), for: user.id, browser: nil),
            kept.path == request.uri.path, let email = kept.fields["email"], let link = kept.fields["link"]
        else { return nil }
        return ShownLink(email: email, link: link)
    }
}
