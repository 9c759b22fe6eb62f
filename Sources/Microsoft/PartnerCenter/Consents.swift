public import Foundation
import HTTPTypes

extension PartnerCenter {
    /// Lets our own application into a customer's tenant, with delegated permissions of one resource ("Control panel vendor
    /// APIs"). It needs the reseller relationship and, through GDAP, a role like Cloud Application Administrator.
    ///
    /// "Permission entry already exists." is a success; whether it covers all scopes is not said by it.
    public func grantConsent(
        _ consent: ApplicationConsent, inCustomer customer: String, requestID: UUID
    ) async throws -> Creation {
        try await service.create(
            Call(.post, "/v1/customers/\(customer)/applicationconsents", body: consent, requestID: requestID))
    }

    /// Takes every consent of the application back; its service principal stays in the tenant.
    public func revokeConsent(
        ofApplication application: String, inCustomer customer: String, requestID: UUID
    ) async throws -> Revocation {
        let answer = try await service.sent(
            Call(
                .delete, "/v1/customers/\(customer)/applicationconsents/\(application)", requestID: requestID))
        if answer.isSuccess { return .revoked }
        let fault = answer.fault()
        // Other 404 codes tell that the tenant is not known.
        guard fault.status == 404, fault.code == "1000" else { throw fault }
        return .notThere
    }

    public enum Revocation: Sendable, Equatable {
        case revoked
        case notThere
    }

    public struct ApplicationConsent: Sendable, Encodable, Equatable {
        private let applicationId: String
        private let displayName: String?
        private let applicationGrants: [Grant]

        /// - Parameters:
        ///   - applicationID: the application whose token is sent along.
        ///   - resourceID: the application id of the API, for example of Microsoft Graph.
        ///   - scopes: delegated permissions, for example `User.Read.All`.
        public init(applicationID: String, displayName: String?, resourceID: String, scopes: [String]) {
            applicationId = applicationID
            self.displayName = displayName
            applicationGrants = [Grant(enterpriseApplicationId: resourceID, scope: scopes.joined(separator: ", "))]
        }

        private struct Grant: Sendable, Encodable, Equatable {
            let enterpriseApplicationId: String
            /// Separated by commas, unlike everywhere else.
            let scope: String
        }
    }
}
