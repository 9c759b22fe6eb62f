import Foundation
import HTML
import PortalKit

/// What goes with somebody who was invited and has not come yet.
///
/// - Parameter linkUntil: when the link that is out ends; `nil` when none works.
func withdrawalPage(
    _ person: String, _ email: String, memberships: Int, linkUntil: Date?, form withdrawal: FormPage, now: Date
) -> HTML {
    """
    \(alert(.warn, "What goes", """
        <ul><li>The account of \(name(person)) (\(email)), which was never used\
        \(when(memberships > 0, ", and its \(counted(memberships, "membership")) of groups")).</li>
        <li>\(linkUntil.map { "The link that is out, which would work until \(timestamp($0, now: now)), works no more." } ?? "No link of it works any more.")</li>
        <li>The address is free to be invited again. What was done so far stays in the audit.</li></ul>
        """))
    \(form(withdrawal))
    """
}

extension DatabaseConnection {
    /// When the invitation that is out ends; `nil` when none works.
    mutating func invitationEnd(of user: Key<User>, now: Date) throws -> Date? {
        try first(
            """
            SELECT expires_at FROM one_time_link WHERE user_id = \(user)
                AND purpose = \(OneTimeLink.Purpose.invitation) AND expires_at > \(now) ORDER BY expires_at DESC
            """
        ) { try $0[0] }
    }
}
