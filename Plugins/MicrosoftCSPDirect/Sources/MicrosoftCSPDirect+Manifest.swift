import MicrosoftKit
public import PortalKit

extension MicrosoftCSPDirect {
    static let microsoftID = "microsoft-id"
    static let mfa: Key<Requirement> = "mfa"
    static let tenant: Key<Requirement> = "tenant"
    static let customers: Key<Requirement> = "customers"

    public static let manifest = PluginManifest(
        id: "microsoft-csp-direct", version: "0.1.0", provider: "Microsoft", namespace: "microsoft",
        listing: PluginManifest.Listing(
            name: "Microsoft O365 CSP Direct",
            summary: "Connects your Partner Center account and links every customer's tenant to an organization.",
            does: [
                "Signs your company in at Partner Center once, and keeps the authorization fresh.",
                "Reads all customers that have a CSP agreement with you.",
                "Creates an organization for each, or links the one that exists, after a preview.",
            ],
            needs: [
                "A direct CSP agreement with Microsoft; Partner Center serves no API to indirect resellers.",
                "An account of your own tenant that is Global Administrator or Privileged Role Administrator, and Admin Agent.",
                "MFA for that account, asked for by Microsoft at every sign-in.",
                "Your Microsoft ID, the id of your own tenant.",
            ],
            audience: "Partners who sell Microsoft 365 directly under the Cloud Solution Provider program.",
            source: "Microsoft Partner Center", connectionTitle: "Microsoft CSP Authentication",
            linkTitle: "Link Tenant to Organization",
            offer: "Microsoft 365 licences and Microsoft cloud services, ordered and looked after by your partner.",
            accessRole: "Microsoft Cloud Access Administrator"),
        settings: MicrosoftSettings.form,
        permissions: [
            PluginManifest.Permission(
                name: "Partner Center: user_impersonation",
                reason: "reads your customers as the account that signs in, with its rights and no more"),
            PluginManifest.Permission(
                name: "offline_access", reason: "keeps the authorization without asking you every hour"),
            PluginManifest.Permission(
                name: "openid, profile", reason: "shows which account and which tenant have signed in"),
        ])

    public static let connectionForm = Form(
        fields: [
            Field(
                name: microsoftID, label: "Microsoft ID",
                hint: "The id of your own partner tenant. Spaces, braces and a pasted address around it are fine.",
                help: Field.Help(
                    title: "Where do I find it?",
                    steps: [
                        "Sign in at Partner Center, partner.microsoft.com.",
                        "Open the settings cog at the top right, then Account settings.",
                        "Choose Organization profile, then Microsoft Entra ID profile (older pages say Azure AD profile).",
                        "Copy the line Microsoft ID.",
                    ]),
                parse: { try TenantID.parse($0) })
        ],
        submit: "Update")

    public static let requirements = [
        Requirement(
            id: "address", title: "The address of your region",
            explanation: "Microsoft answers to the registered address only.",
            judge: .portal(.regionalAddress)),
        Requirement(
            id: "sso", title: "Single sign-on", explanation: "A required single sign-on would stand in the way.",
            judge: .portal(.singleSignOnNotRequired)),
        Requirement(
            id: "roles", title: "The account's roles",
            explanation:
                "The account is Global Administrator or Privileged Role Administrator of your tenant, and Admin Agent in Partner Center. A dedicated account is best; when its password or its roles change later, the connection can break.",
            judge: .person),
        Requirement(
            id: mfa, title: "Multifactor authentication",
            explanation: "Microsoft itself must ask the account for a second step (MFA), at this sign-in too.",
            judge: .check),
        Requirement(
            id: tenant, title: "The tenant is the one typed",
            explanation: "The account belongs to the tenant with that Microsoft ID.", judge: .check),
        Requirement(
            id: customers, title: "Customers can be read",
            explanation: "Partner Center shows your customers to the account.", judge: .check),
    ]
}
