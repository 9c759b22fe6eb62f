import Foundation
import Hummingbird
import PortalKit

/// A one-time link that somebody has just made for another person: shown to the maker once, to copy, for whoever works
/// without mail. Kept sealed until then, as a form for a detour is.
struct FreshLink: Sendable {
    let purpose: OneTimeLink.Purpose
    let address: String

    fileprivate static let query = "link"
}

extension Visit {
    /// The page of the person whom the link is for, which shows it.
    func path(showing link: FreshLink, of user: Key<User>, _ done: Done) throws -> String {
        let path = "/users/\(user)"
        let kept = HeldForm(path: path, fields: ["address": link.address, "purpose": link.purpose.rawValue])
        let token = try portal.hold(kept, for: .person(self.user.id))
        return "\(path)?done=\(done.rawValue)\(token.map { "&\(FreshLink.query)=\($0.text)" } ?? "")"
    }

    /// The link that this address of the page shows, if this person has made it and not seen it yet.
    func takeFreshLink() throws -> FreshLink? {
        let token = Token(query(FreshLink.query))
        guard !query(FreshLink.query).isEmpty, let kept = try portal.heldForm(token, for: user.id, browser: nil),
            kept.path == request.uri.path, let address = kept.fields["address"],
            let purpose = kept.fields["purpose"].flatMap(OneTimeLink.Purpose.init)
        else { return nil }
        try portal.database.write { try $0.drop(heldForm: token) }
        return FreshLink(purpose: purpose, address: address)
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
        return FreshLink(purpose: purpose, address: address)
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
