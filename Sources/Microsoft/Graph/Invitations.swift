import HTTPTypes

extension Graph {
    /// Invites somebody into the tenant as a guest. "Create invitation". There is no call to accept it: whether it was
    /// accepted shows in ``User/externalUserState``. May be repeated: the same person gets a new link.
    public func invite(_ invitation: NewInvitation) async throws -> Invitation {
        try await service.value(Call(.post, "/v1.0/invitations", body: invitation))
    }

    public struct NewInvitation: Sendable, Encodable, Equatable {
        private let invitedUserEmailAddress: String
        /// Where the person lands in the end.
        private let inviteRedirectUrl: String
        public var invitedUserDisplayName: String?
        /// `Guest` without a word.
        public var invitedUserType: String?
        /// Whether Microsoft sends the mail; else the link has to be handed over.
        public var sendInvitationMessage = false
        public var invitedUserMessageInfo: Message?

        public init(emailAddress: String, redirectURL: String) {
            invitedUserEmailAddress = emailAddress
            inviteRedirectUrl = redirectURL
        }

        public struct Message: Sendable, Encodable, Equatable {
            /// For example `en-US`.
            public var messageLanguage: String?
            public var customizedMessageBody: String?

            public init(language: String?, body: String?) {
                messageLanguage = language
                customizedMessageBody = body
            }
        }
    }

    public struct Invitation: Sendable, Decodable, Equatable {
        public let id: String
        /// For the invited person alone.
        public let inviteRedeemUrl: String?
        public let invitedUserEmailAddress: String?
        public let status: Status?
        public let invitedUser: Invited?

        public struct Invited: Sendable, Decodable, Equatable {
            public let id: String
        }

        public struct Status: MicrosoftWord {
            public let rawValue: String

            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            public static let pendingAcceptance: Self = "PendingAcceptance"
            public static let completed: Self = "Completed"
            public static let inProgress: Self = "InProgress"
            public static let error: Self = "Error"
        }
    }
}
