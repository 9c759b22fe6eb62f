/// How many of one SKU a customer's tenant has. Partner Center's `subscribedskus` and Graph's `subscribedSkus` show the
/// same numbers under other names.
struct Licence: Sendable {
    let product: LicenceProduct
    var enabled = 0
    /// In the days of grace after an end.
    var warning = 0
    var suspended = 0
    var consumed = 0
    /// Partner Center's ids; none for what people signed up for themselves.
    var subscriptionIDs: [String] = []

    var skuID: String { product.skuID }
    var skuPartNumber: String { product.skuPartNumber }
    var name: String { product.name }
    var servicePlans: [LicenceProduct.ServicePlan] { product.servicePlans }
    var total: Int { enabled + warning }

    enum CapabilityStatus: String, Sendable {
        case Enabled, Warning, Suspended
    }

    var capabilityStatus: CapabilityStatus {
        if enabled > 0 { .Enabled } else if warning > 0 { .Warning } else { .Suspended }
    }
}
