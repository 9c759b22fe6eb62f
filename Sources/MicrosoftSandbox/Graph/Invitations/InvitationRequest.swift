import Foundation

/// The body of an invitation. Source: Microsoft Learn, "Create invitation" and "invitation resource type".
struct InvitationRequest {
    let email: String
    let redirectURL: String
    let displayName: String?
    let userType: Guest.UserType
    let sendsMessage: Bool
    let message: Message
    /// The object id of the guest whose redemption is to begin anew; nil for an invitation.
    let resetUserID: String?

    struct Message {
        var language: String?
        var body: String?
        /// Name and address; Microsoft takes one recipient.
        var copy: (name: String?, address: String?)
    }

    private static let type = "microsoft.graph.invitation"
    private static let names = [
        "invitedUserEmailAddress", "inviteRedirectUrl", "invitedUserDisplayName", "invitedUserType",
        "sendInvitationMessage", "invitedUserMessageInfo", "resetRedemption", "invitedUser", "invitedUserSponsors",
        "id", "inviteRedeemUrl", "status",
    ]

    /// Throws 400.
    init(_ json: JSON) throws(GraphFault) {
        let body = try GraphBody(json, of: Self.type, Self.names)
        email = try body.requiredText("invitedUserEmailAddress").trimming()
        redirectURL = try body.requiredText("inviteRedirectUrl")
        displayName = try body.text("invitedUserDisplayName")
        sendsMessage = try body.boolean("sendInvitationMessage") ?? false
        guard Self.isAddress(email) else { throw .invalid("invitedUserEmailAddress", of: Self.type) }
        guard Self.isWebAddress(redirectURL) else { throw .invalid("inviteRedirectUrl", of: Self.type) }
        if let displayName, displayName.count > 256 { throw .invalid("invitedUserDisplayName", of: Self.type) }
        let typeName = try body.text("invitedUserType") ?? "Guest"
        guard let userType = Guest.UserType.allCases.first(where: { $0.rawValue.lowercased() == typeName.lowercased() })
        else { throw .invalid("invitedUserType", of: Self.type) }
        self.userType = userType
        message = try Self.message(try body.object("invitedUserMessageInfo"))
        let user = try body.object("invitedUser")
        if try body.boolean("resetRedemption") ?? false {
            guard let id = user?["id"].text else { throw .missing("invitedUser", of: Self.type) }
            resetUserID = id.lowercased()
        } else {
            resetUserID = nil
        }
    }

    var domain: String { String(email.lowercased().split(separator: "@").last ?? "") }

    private static func message(_ json: JSON?) throws(GraphFault) -> Message {
        guard let json else { return Message() }
        let names = ["ccRecipients", "customizedMessageBody", "messageLanguage"]
        let body = try GraphBody(json, of: "microsoft.graph.invitedUserMessageInfo", names)
        var message = Message(language: try body.text("messageLanguage"), body: try body.text("customizedMessageBody"))
        switch json["ccRecipients"] {
        case .absent, .null: break
        case .array(let recipients):
            guard recipients.count <= 1 else { throw .invalid("ccRecipients", of: type) }
            guard let recipient = recipients.first else { break }
            guard recipient.members != nil else { throw .wrongType("ccRecipients", "microsoft.graph.recipient") }
            let address = recipient["emailAddress"]
            message.copy = (address["name"].text, address["address"].text)
        default: throw .wrongType("ccRecipients", "Collection(microsoft.graph.recipient)")
        }
        return message
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count) else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        let isHost =
            labels.count >= 2
            && labels.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } }
        return isHost
            && parts[0].unicodeScalars.allSatisfy {
                !"()<>[],;:\\\" ".unicodeScalars.contains($0) && $0.value > 32 && $0.value != 127
            }
    }

    private static func isWebAddress(_ text: String) -> Bool {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased() else { return false }
        return ["http", "https"].contains(scheme) && url.host?.isEmpty == false && text.utf8.count <= 2048
    }
}
