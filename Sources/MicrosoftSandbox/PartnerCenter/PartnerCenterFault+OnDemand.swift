import HTTPTypes

/// Refusals that nothing in this world leads to; a fault does. Source: Microsoft Learn, "Partner Center REST error
/// codes".
extension PartnerCenterFault {
    /// By its code; of an unknown one 403 / 2032.
    static func onDemand(_ code: String) -> PartnerCenterFault {
        guard let (status, description) = refusals[code] else { return .accessDenied }
        return PartnerCenterFault(status, code, description)
    }

    static let codesOnDemand = refusals.keys.sorted()

    private static let refusals: [String: (HTTPResponse.Status, String)] = [
        "13605": (.forbidden, "The Microsoft Customer Agreement has not been accepted."),
        "800060": (.conflict, "Your order is in progress. Check your order history for recent orders in few minutes"),
        "800064": (.conflict, "The cart is being processed by another request"),
        "800073": (.forbidden, "Your customer account is currently under review. Check back in few days."),
        "800075": (.forbidden, "Your customer account wasn't approved."),
        "800082": (.conflict, "Subscription is not ready to be updated. Try again after sometime"),
        "900124": (.forbidden, "Your company hasn't accepted the Microsoft Partner Agreement (MPA)."),
        "900192": (.internalServerError, "Something went wrong. Try again after some time."),
        "900278": (.conflict, "There is a pending operation on this subscription. Please try again after 24 hours."),
        "900308": (.forbidden, "Insufficient privileges to complete the operation."),
        "900309": (
            .forbidden,
            "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance."
        ),
        "900311": (.badRequest, "This subscription has been updated too many times."),
        "900316": (.badRequest, "Partner token is not allowed in license management calls."),
    ]
}
