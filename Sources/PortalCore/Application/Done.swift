/// What the last action did, named in the address of the page that follows it.
enum Done: String {
    case serviceAdded = "service-added"
    case serviceRemoved = "service-removed"
    case tenantLinked = "tenant-linked"
    case organizationCreated = "organization-created"
    case tenantUnlinked = "tenant-unlinked"
    case tenantExcluded = "tenant-excluded"
    case tenantIncluded = "tenant-included"
    case pluginEnabled = "plugin-enabled"
    case pluginDisabled = "plugin-disabled"
    case pluginDisabledSlowly = "plugin-disabled-slowly"
    case jobCancelled = "job-cancelled"
    case jobRetried = "job-retried"
    case passwordSet = "password-set"
    case passwordChanged = "password-changed"
    case secondFactorOff = "second-step-off"
    case recoveryCodesKept = "recovery-codes-kept"
    case sessionEnded = "session-ended"
    case sessionsEnded = "sessions-ended"
    case mailQueued = "mail-queued"
    case snoozed
    case woken

    var text: String {
        switch self {
        case .serviceAdded: "The service was added. Your customers see it in the E-Store."
        case .serviceRemoved: "The service was removed, and its sign-in is forgotten. Tenants and links were kept."
        case .tenantLinked: "The tenant was linked."
        case .organizationCreated: "The organization was created, and the tenant is linked to it."
        case .tenantUnlinked: "The link was removed. The organization was kept."
        case .tenantExcluded: "The tenant was excluded: it is no longer counted as unlinked."
        case .tenantIncluded: "The tenant counts again."
        case .pluginEnabled: "The plugin is enabled. Its jobs go on."
        case .pluginDisabled: "The plugin is disabled. No call to its provider is under way."
        case .pluginDisabledSlowly:
            "The plugin is disabled, and no new call starts. One that began before has not ended within ten seconds."
        case .jobCancelled: "The job ends before its next step. What was done before stays done."
        case .mailQueued: "The message is on its way to the mail program once more."
        case .snoozed: "It is folded away until then. It is still there, below."
        case .woken: "It counts again."
        case .jobRetried: "The job was started again at the step where it stood."
        case .passwordSet: "Your new password is set, and you are signed out everywhere. Sign in with it."
        case .passwordChanged: "Your password is changed, and all your other sign-ins were ended."
        case .secondFactorOff: "The second step is off. Your password alone signs you in."
        case .recoveryCodesKept: "The second step is on, and you have recovery codes."
        case .sessionEnded: "The sign-in was ended."
        case .sessionsEnded: "All your other sign-ins were ended."
        }
    }
}
