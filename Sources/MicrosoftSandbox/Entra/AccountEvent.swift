/// Something that happens to an account, with what it does to the grants of a confidential client. Source: Microsoft
/// Learn, "Refresh tokens in the Microsoft identity platform": a password that expires or is changed by its owner leaves
/// them alive.
enum AccountEvent: String, Sendable, CaseIterable {
    /// By its owner.
    case passwordChange
    /// By an administrator, in the Entra admin centre.
    case passwordReset
    case sessionsRevoked
    case disabled
    case enabled

    func apply(to account: Account, in state: inout IdentityState) {
        switch self {
        case .passwordChange: break
        case .passwordReset, .sessionsRevoked: state.revocations[account.id, default: 0] += 1
        case .disabled: state.disabled.insert(account.id)
        case .enabled: state.disabled.remove(account.id)
        }
    }
}
