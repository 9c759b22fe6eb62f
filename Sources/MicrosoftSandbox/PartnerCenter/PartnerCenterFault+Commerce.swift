import HTTPTypes

/// Refusals of what partners buy and agree. Source: Microsoft Learn, "Partner Center REST error codes".
extension PartnerCenterFault {
    static let insufficientPrivileges = PartnerCenterFault(
        .forbidden, "900308", "Insufficient privileges to complete the operation.")
    static let invalidInput = PartnerCenterFault(.badRequest, "800002", "Invalid request input")
    static let notInThisEnvironment = PartnerCenterFault(
        .badRequest, "900127", "This operation isn't supported in this environment")
    static let preconditionFailed = PartnerCenterFault(.expectationFailed, "800036", "Pre-condition failed")
    static let sandboxLimit = PartnerCenterFault(.badRequest, "800018", "The sandbox limit has been met")

    // Customers
    static let registrationNumberMissing = PartnerCenterFault(
        .badRequest, "600049", "Organization registration ID information is missing")
    static let registrationNumberNotSupported = PartnerCenterFault(
        .badRequest, "600002", "Organization registration ID value isn't supported")
    static let phoneNumberMissing = PartnerCenterFault(.badRequest, "600051", "Customer phone number is missing")
    static func registrationNumberInvalid(format: String) -> PartnerCenterFault {
        PartnerCenterFault(
            .badRequest, "600050",
            "Organization registration ID information is invalid and should be of the format \(format)")
    }

    // Subscriptions
    static func subscriptionNotFound(_ id: String) -> PartnerCenterFault {
        PartnerCenterFault(.notFound, "20003", "Subscription with ID \(id.prefix(100)) not found.")
    }
    static let staleETag = PartnerCenterFault(.badRequest, "2055", "Etag is no longer valid")
    static let quantityWhileSuspended = PartnerCenterFault(
        .badRequest, "2001",
        "Subscription quantity can't be increased or decreased while subscription is being suspended")
    static let quantityOutOfRange = PartnerCenterFault(
        .badRequest, "2002", "Subscription quantity isn't within minimum and maximum allowed quantity")
    static func subscriptionDeleted(_ id: String) -> PartnerCenterFault {
        PartnerCenterFault(.badRequest, "2011", "Subscription with ID \(id) and deleted status can't be updated.")
    }
    static let quantityTooLate = PartnerCenterFault(
        .badRequest, "800090", "Subscription quantity can't be decreased")
    static let subscriptionSuspended = PartnerCenterFault(
        .badRequest, "800091", "Can't update a subscription with suspended status")
    static let notAutoRenewable = PartnerCenterFault(
        .badRequest, "800093", "The subscription isn't eligible to be auto-renewed")
    static let quantityFixed = PartnerCenterFault(
        .badRequest, "800095", "Can't update the seat quantity for this subscription")
    static let statusFixed = PartnerCenterFault(
        .badRequest, "800096", "Can't update the status for this subscription")
    static let billingCycleFixed = PartnerCenterFault(
        .badRequest, "800097", "Can't update the billing cycle for this subscription")
    static let cancellationTooLate = PartnerCenterFault(
        .badRequest, "900117", "You have passed your 7-day cancellation window. We are unable to cancel your purchase")
    static let activeAzureSubscriptions = PartnerCenterFault(
        .forbidden, "900115",
        "Azure plan can't be moved to suspended state since you have one or more Azure Subscriptions in the "
            + "active state"
    )
    static let billingCycleInvalid = PartnerCenterFault(.badRequest, "900269", "The billing cycle is invalid.")
    static let billingCycleTooLong = PartnerCenterFault(
        .badRequest, "900270", "The billing cycle cannot be longer than the term.")
    static let pendingOperation = PartnerCenterFault(
        .conflict, "900278", "There is a pending operation on this subscription. Please try again after 24 hours.")
    static let updatesOver = PartnerCenterFault(
        .badRequest, "900279", "Update operations are no longer allowed for this subscription.")
    static let seatLimit = PartnerCenterFault(
        .forbidden, "800067", "The desired seat count exceeded the maximum seat count allowed per subscription")
    static let subscriptionLimit = PartnerCenterFault(
        .forbidden, "800066",
        "The desired number of subscriptions exceeded the maximum number of subscriptions allowed per customer")
    static let notAzure = PartnerCenterFault(
        .badRequest, "800011", "This subscription isn't a valid Azure subscription")
    static let entitlementNotFound = PartnerCenterFault(
        .notFound, "800111", "Azure subscription with the given entitlement ID isn't found.")

    // Catalogue
    static let productNotFound = PartnerCenterFault(.notFound, "400013", "Product wasn't found")
    static let skuNotFound = PartnerCenterFault(.notFound, "400018", "SKU wasn't found")
    static let availabilityNotFound = PartnerCenterFault(.notFound, "400019", "Availability not found")
    static let segmentNotAllowed = PartnerCenterFault(
        .forbidden, "400030", "Access to the requested targetSegment isn't allowed.")
    static let viewNotAllowed = PartnerCenterFault(
        .forbidden, "400036", "Access to the requested targetView isn't allowed.")

    // Carts and orders
    static let cartNotFound = PartnerCenterFault(.notFound, "800008", "Unable to retrieve cart ID")
    static let cartItems = PartnerCenterFault(.badRequest, "800009", "Error in Cart item(s)")
    static let catalogItemMissing = PartnerCenterFault(.badRequest, "900142", "The catalog item ID isn't present")
    static let termInvalid = PartnerCenterFault(.badRequest, "800121", "The term duration provided is invalid.")
    static let offerInvalid = PartnerCenterFault(.badRequest, "800004", "Invalid offer ID")
    static let offerGone = PartnerCenterFault(
        .forbidden, "2091", "The offer is no longer available for purchase")
    static let orderNotFound = PartnerCenterFault(.notFound, "20000", "Order ID not found")
    static func lineQuantity(_ line: Int) -> PartnerCenterFault {
        PartnerCenterFault(
            .badRequest, "900275",
            "The requested quantity for line item \(line) is not within the allowed quantity for this offer.")
    }
    static func cartSubmitted(_ id: String) -> PartnerCenterFault {
        PartnerCenterFault(.badRequest, "800065", "can't check out an already submitted cart \(id).")
    }
    static let agreementMissing = PartnerCenterFault(
        .forbidden, "13605",
        "Either a partner confirmation of the customer acceptance of the Microsoft Customer Agreement must be provided "
            + "or the customer must accept the Microsoft Customer Agreement in the Microsoft Admin Center before you "
            + "can complete this purchase")

    // Application consents
    /// Status and code were seen in the field; Microsoft documents neither.
    static let permissionEntryExists = PartnerCenterFault(.conflict, "409", "Permission entry already exists.")
}
