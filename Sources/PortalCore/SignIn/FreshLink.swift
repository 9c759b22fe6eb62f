import Foundation
import HTML
import Hummingbird
import PortalKit

/// A one-time link that somebody has just made for another person: mailed, and shown to the maker for a quarter of an hour, to
/// copy, for whoever works without mail. Kept sealed until then, as a form for a detour is.
struct FreshLink: Sendable {
    /// Whose it is.
    let email: String
    let purpose: OneTimeLink.Purpose
    let address: String

    fileprivate static let query = "link"
}

extension Visit {
    /// The address of a page of this portal's that shows the link.
    func path(_ page: String, showing link: FreshLink, _ done: Done) throws -> String {
        let kept = HeldForm(
            path: page, fields: ["email": link.email, "address": link.address, "purpose": link.purpose.rawValue])
        let token = try portal.hold(kept, for: .person(user.id))
        return "\(page)?done=\(done.rawValue)\(token.map { "&\(FreshLink.query)=\($0.text)" } ?? "")"
    }

    /// The link that this address of the present page shows, if this person has made it.
    func freshLink() throws -> FreshLink? {
        let token = query(FreshLink.query)
        guard !token.isEmpty, let kept = try portal.heldForm(Token(token), for: user.id, browser: nil),
            kept.path == request.uri.path, let email = kept.fields["email"], let address = kept.fields["address"],
            let purpose = kept.fields["purpose"].flatMap(OneTimeLink.Purpose.init)
        else { return nil }
        return FreshLink(email: email, purpose: purpose, address: address)
    }

    func freshLinkBox(_ link: FreshLink) -> HTML {
        let isInvitation = link.purpose == .invitation
        let way: HTML =
            portal.configuration.isPractice
            ? #"The message lies in the <a href="/practice/mail">practice mailbox</a>."#
            : portal.sendsMail ? "It is on its way by mail." : "This portal sends no mail: pass the link on yourself."
        return alert(
            .good, isInvitation ? "The invitation of \(link.email)" : "A new password for \(link.email)",
            """
            <p>\(way) The link works once, within \(isInvitation ? "24 hours" : "30 minutes"). It is shown here for a quarter of \
            an hour, and nowhere again; later, make a new one.</p>
            <p>\(copyable(link.address, label: isInvitation ? "invitation link" : "link to set a new password"))</p>
            """)
    }
}

extension DatabaseConnection {
    /// Makes a link for a person, and posts it by mail.
    mutating func send(
        _ purpose: OneTimeLink.Purpose, to user: User, of broker: Broker?, by maker: User, _ portal: Portal,
        at now: Date
    ) throws -> FreshLink {
        let token = try makeLink(purpose, for: user.id, by: maker.email, now: now)
        let address = portal.address(of: token, purpose, for: broker)
        try post(Mail(purpose, to: user, of: broker, by: maker, address: address), portal.vault, at: now)
        return FreshLink(email: user.email, purpose: purpose, address: address)
    }
}

extension Mail {
    fileprivate init(
        _ purpose: OneTimeLink.Purpose, to user: User, of broker: Broker?, by maker: User, address: String
    ) {
        let place = broker?.name ?? "Gatehouse"
        let isInvitation = purpose == .invitation
        let hours = "\(isInvitation ? "24 hours" : "30 minutes")"
        self.init(
            brokerID: user.brokerID, purpose: isInvitation ? .invitation : .passwordReset, recipient: user.email,
            subject: isInvitation ? "\(maker.name) invites you to \(place)" : "Set a new password at \(place)",
            body: """
                Hello \(user.name),

                \(isInvitation
                    ? "\(maker.name) (\(maker.email)) invites you to the portal of \(place). Open this address to begin:"
                    : "\(maker.name) (\(maker.email)) sends you a link to set a new password at \(place):")

                \(address)

                The link works once, within \(hours). If you did not expect it, leave it alone and tell \(maker.email).
                """)
    }
}
