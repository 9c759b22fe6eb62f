import MicrosoftKit
public import PortalKit

extension GuestOnboarding {
    static let microsoftID = "microsoft-id"
    static let tenant: Key<Requirement> = "tenant"
    static let directory: Key<Requirement> = "directory"
    static let lookUp: Key<Requirement> = "look-up"

    public static let manifest = PluginManifest(
        id: "microsoft-365-guest", version: "0.1.0", provider: "Microsoft", namespace: "microsoft",
        listing: PluginManifest.Listing(
            name: "Microsoft 365 by guest account",
            summary: "Looks after customers that you have no CSP agreement with, through a guest account.",
            does: [
                "Asks the customer's administrator with one link, on a page that needs no account.",
                "Has Microsoft invite a guest account of yours, and notices when it was accepted.",
                "Shows each step with who acts now, and links the tenant to its organization at the end.",
            ],
            needs: [
                "An account of your own tenant whose administrator may consent for it; MFA as your tenant asks for it.",
                "A mailbox of your own tenant that becomes the guest at the customer.",
                "A Global Administrator or Privileged Role Administrator at each customer, who approves.",
            ],
            audience:
                "Partners whose customers have another partner, several, or none: pay-as-you-go, Enterprise Agreements.",
            source: "Microsoft 365", connectionTitle: "Microsoft 365 Authentication",
            linkTitle: "Microsoft 365 tenants",
            offer: "Your Microsoft 365 looked after by your partner, whoever sells you the licences.",
            accessRole: "Microsoft Cloud Access Administrator"),
        settings: MicrosoftSettings.form,
        permissions: [
            PluginManifest.Permission(
                name: "Graph: CrossTenantInformation.ReadBasic.All",
                reason: "shows the name of a tenant before you add it"),
            PluginManifest.Permission(
                name: "Graph: Organization.Read.All",
                reason: "reads your own verified domains, which the guest account must belong to"),
            PluginManifest.Permission(
                name: "offline_access", reason: "keeps the authorization without asking you every hour"),
            PluginManifest.Permission(
                name: "openid, profile", reason: "shows which account and which tenant have signed in"),
        ])

    public static let connectionForm = Form(
        fields: [
            Field(
                name: microsoftID, label: "Microsoft ID",
                hint: "The id of your own tenant. Spaces, braces and a pasted address around it are fine.",
                help: Field.Help(
                    title: "Where do I find it?",
                    steps: ["Sign in at entra.microsoft.com.", "On the overview page, copy the line Tenant ID."]),
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
            id: "roles", title: "The account may consent",
            explanation:
                "Two of the permissions need an administrator of your own tenant. On Microsoft's page, leave \"Consent on behalf of your organization\" unticked: the portal needs the consent of this one account.",
            judge: .person),
        Requirement(
            id: tenant, title: "The tenant is the one typed",
            explanation: "The account belongs to the tenant with that Microsoft ID.", judge: .check),
        Requirement(
            id: directory, title: "Your own domains can be read",
            explanation: "The guest account of a customer has to be of one of them.", judge: .check),
        Requirement(
            id: lookUp, title: "Tenants can be looked up",
            explanation: "Microsoft tells the name behind a tenant id or a domain.", judge: .check),
    ]
}
