/// A partner's billing account for the Microsoft Partner Agreement. Source: Microsoft Learn, "Billing Accounts - List".
struct BillingAccount {
    let partner: Partner

    /// Two GUIDs and the date of the agreement's form.
    var name: String { "\(derivedID("0b11")):\(derivedID("0b12"))_2019-05-31" }
    var path: String { "/providers/Microsoft.Billing/billingAccounts/\(name)" }

    private func derivedID(_ group: String) -> String {
        "\(partner.tenantID.prefix(9))\(group)\(partner.tenantID.dropFirst(13))"
    }

    var json: JSON {
        [
            "id": .string(path), "name": .string(name), "type": "Microsoft.Billing/billingAccounts",
            "properties": [
                "displayName": .string(partner.name), "accountType": "Partner", "accountStatus": "Active",
                "agreementType": "MicrosoftPartnerAgreement", "hasReadAccess": true,
            ],
        ]
    }

    /// `plans` and `resellers` where they are asked for.
    func json(_ customer: Customer, plans: JSON, resellers: JSON) -> JSON {
        [
            "id": .string("\(path)/customers/\(customer.id)"), "name": .string(customer.id),
            "type": "Microsoft.Billing/billingAccounts/customers",
            "properties": [
                "displayName": .string(customer.name),
                "billingProfileId": .string("\(path)/billingProfiles/\(partner.invoicePrefix)"),
                "billingProfileDisplayName": .string(partner.name), "enabledAzurePlans": plans,
                "resellers": resellers,
            ],
        ]
    }
}
