import Foundation
import PortalKit

/// The portal's own notices, in one place. Each says what happened, what it means, and what to do, and names the broker.
extension Mail {
    /// A sign-in at a provider has died: to an owner, once for each time that it breaks.
    static func brokenConnection(
        to owner: User, _ broker: Broker, service: String, _ cause: Problem, link: String
    ) -> Mail {
        Mail(
            brokerID: broker.id, purpose: .notice, recipient: owner.email,
            subject: "\(service): a new sign-in is needed",
            body: """
                Hello \(owner.name.plainLine),

                \(service) can no longer work for \(broker.name.plainLine): \(cause.title).
                \(cause.explanation)

                What to do: \(cause.nextStep)
                \(link)

                What was read before stays, and can be looked at. Until somebody signs in again, nothing new is read.

                You get this message once, because you are an owner of \(broker.name.plainLine) at Gatehouse.
                """)
    }
}
