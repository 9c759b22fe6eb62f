/// The services that have a contract document.
public enum ContractService: String, Sendable, CaseIterable {
    case partnerCenter = "partner-center"
    case graph
    /// Microsoft Entra ID.
    case entra
    /// Azure Resource Manager, the part about billing.
    case azure
}
