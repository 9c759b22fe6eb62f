/// What is assigned to people: a SKU in the directory with its service plans. Source for ids and names: Microsoft
/// Learn, "Product names and service plan identifiers for licensing".
struct LicenceProduct: Sendable {
    struct ServicePlan: Sendable, Equatable {
        let id: String
        /// As Graph names it: EXCHANGE_S_STANDARD.
        let name: String
        let displayName: String
    }

    let skuID: String
    let skuPartNumber: String
    let name: String
    /// `group1` is managed by the directory; `group2` is Minecraft. Source: Microsoft Learn, "Get a list of available
    /// licenses".
    var group = "group1"
    let servicePlans: [ServicePlan]
}

extension LicenceProduct.ServicePlan {
    static let exchange = Self(
        id: "9aaf7827-d63c-4b61-89c3-182f06f82e5c", name: "EXCHANGE_S_STANDARD",
        displayName: "Exchange Online (Plan 1)")
    static let exchange2 = Self(
        id: "efb87545-963c-4e0d-99df-69c6916d9eb0", name: "EXCHANGE_S_ENTERPRISE",
        displayName: "Exchange Online (Plan 2)")
    static let sharePoint = Self(
        id: "c7699d2e-19aa-44de-8edf-1736da088ca1", name: "SHAREPOINTSTANDARD", displayName: "SharePoint (Plan 1)")
    static let sharePoint2 = Self(
        id: "5dbe027f-2339-4123-9542-606e4d348a72", name: "SHAREPOINTENTERPRISE", displayName: "SharePoint (Plan 2)")
    static let teams = Self(
        id: "57ff2da0-773e-42df-b2af-ffb7a2317929", name: "TEAMS1", displayName: "Microsoft Teams")
    static let officeBusiness = Self(
        id: "094e7854-93fc-4d55-b2c0-3ab5369ebdc1", name: "OFFICE_BUSINESS",
        displayName: "Microsoft 365 Apps for business")
    static let office = Self(
        id: "43de0ff5-c92c-492b-9116-175376d08c38", name: "OFFICESUBSCRIPTION",
        displayName: "Microsoft 365 Apps for enterprise")
    static let intune = Self(
        id: "c1ec4a95-1f05-45b3-a911-aa3fa01094f5", name: "INTUNE_A", displayName: "Microsoft Intune Plan 1")
    static let entraP1 = Self(
        id: "41781fb2-bc02-4b7c-bd55-b576c07bb09d", name: "AAD_PREMIUM", displayName: "Microsoft Entra ID P1")
    static let entraP2 = Self(
        id: "eec0eb4f-6444-4f95-aba0-50c24d67f998", name: "AAD_PREMIUM_P2", displayName: "Microsoft Entra ID P2")
    static let powerBI = Self(
        id: "70d33638-9c74-4d01-bfd3-562de28bd4ba", name: "BI_AZURE_P2", displayName: "Power BI Pro")
    static let visio = Self(
        id: "663a804f-1c30-4ff0-9915-9db84f0d1cea", name: "VISIO_CLIENT_SUBSCRIPTION", displayName: "Visio Desktop")
    static let flow = Self(
        id: "50e68c76-46c6-4674-81f9-75456511b170", name: "FLOW_P2_VIRAL", displayName: "Power Automate Free")
    static let minecraft = Self(
        id: "4c246bbc-f513-4311-beff-eba54c353256", name: "MINECRAFT_EDUCATION_EDITION",
        displayName: "Minecraft Education")
}

extension LicenceProduct {
    static let businessBasic = Self(
        skuID: "3b555118-da6a-4418-894f-7df1e2096870", skuPartNumber: "O365_BUSINESS_ESSENTIALS",
        name: "Microsoft 365 Business Basic", servicePlans: [.exchange, .sharePoint, .teams])
    static let businessStandard = Self(
        skuID: "f245ecc8-75af-4f8e-b61f-27d8114de5f3", skuPartNumber: "O365_BUSINESS_PREMIUM",
        name: "Microsoft 365 Business Standard", servicePlans: [.exchange, .sharePoint, .teams, .officeBusiness])
    static let businessPremium = Self(
        skuID: "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", skuPartNumber: "SPB", name: "Microsoft 365 Business Premium",
        servicePlans: [.exchange, .sharePoint, .teams, .officeBusiness, .intune, .entraP1])
    static let exchangeOnline = Self(
        skuID: "4b9405b0-7788-4568-add1-99614e613b69", skuPartNumber: "EXCHANGESTANDARD",
        name: "Exchange Online (Plan 1)", servicePlans: [.exchange])
    static let e3 = Self(
        skuID: "05e9a617-0261-4cee-bb44-138d3ef5d965", skuPartNumber: "SPE_E3", name: "Microsoft 365 E3",
        servicePlans: [.exchange2, .sharePoint2, .teams, .office, .intune, .entraP1])
    static let e5 = Self(
        skuID: "06ebc4ee-1bb5-47dd-8120-11324bc54e06", skuPartNumber: "SPE_E5", name: "Microsoft 365 E5",
        servicePlans: [.exchange2, .sharePoint2, .teams, .office, .intune, .entraP2, .powerBI])
    static let powerBI = Self(
        skuID: "f8a1db68-be16-40ed-86d5-cb42ce701560", skuPartNumber: "POWER_BI_PRO", name: "Power BI Pro",
        servicePlans: [.powerBI])
    static let visio = Self(
        skuID: "c5928f49-12ba-48f7-ada3-0d743a3601d5", skuPartNumber: "VISIOCLIENT", name: "Visio Plan 2",
        servicePlans: [.visio])
    static let educationA1 = Self(
        skuID: "314c4481-f395-4525-be8b-2ec4bb1e9d91", skuPartNumber: "STANDARDWOFFPACK_STUDENT",
        name: "Office 365 A1 for students", servicePlans: [.exchange, .sharePoint2, .teams])
    static let minecraft = Self(
        skuID: "984df360-9a74-4647-8cf8-696749f6247a", skuPartNumber: "MEE_FACULTY",
        name: "Minecraft Education Faculty",
        group: "group2", servicePlans: [.minecraft])
    /// Nobody buys it: people sign up for it themselves.
    static let flowFree = Self(
        skuID: "f30db892-07e9-47e9-837c-80727f46fd3d", skuPartNumber: "FLOW_FREE",
        name: "Microsoft Power Automate Free",
        servicePlans: [.flow])
}
