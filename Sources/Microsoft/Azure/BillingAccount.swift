extension AzureManagement {
    public struct BillingAccount: Sendable, Decodable, Equatable {
        public let id: String
        /// What paths name it by.
        public let name: String
        public let properties: Properties?

        public struct Properties: Sendable, Decodable, Equatable {
            public let displayName: String?
            /// For example `MicrosoftPartnerAgreement`.
            public let agreementType: String?
        }
    }

    public struct BillingCustomer: Sendable, Decodable, Equatable {
        /// The billing scope of new subscriptions.
        public let id: String
        /// The customer's tenant id.
        public let name: String
        public let properties: Properties?

        public struct Properties: Sendable, Decodable, Equatable {
            public let displayName: String?
            public let billingProfileId: String?
            public let billingProfileDisplayName: String?
        }
    }

    public struct NewSubscription: Sendable, Encodable, Equatable {
        private let billingScope: String
        private let displayName: String
        private let workload: String
        private let resellerId: String?

        /// - Parameters:
        ///   - billingScope: ``BillingCustomer/id``.
        ///   - resellerID: of an indirect reseller.
        public init(billingScope: String, displayName: String, workload: Workload, resellerID: String? = nil) {
            self.billingScope = billingScope
            self.displayName = displayName
            self.workload = workload.rawValue
            resellerId = resellerID
        }

        public enum Workload: String, Sendable {
            case production = "Production"
            case devTest = "DevTest"
        }
    }

    public struct SubscriptionAlias: Sendable, Decodable, Equatable {
        public let id: String
        public let name: String?
        public let properties: Properties?

        public struct Properties: Sendable, Decodable, Equatable {
            /// The Azure subscription's id, once it is known.
            public let subscriptionId: String?
            public let provisioningState: ProvisioningState?
        }

        public struct ProvisioningState: MicrosoftWord {
            public let rawValue: String

            public init(rawValue: String) {
                self.rawValue = rawValue
            }

            public static let accepted: Self = "Accepted"
            public static let succeeded: Self = "Succeeded"
            public static let failed: Self = "Failed"
        }
    }
}
