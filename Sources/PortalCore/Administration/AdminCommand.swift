/// What the command line asks of the portal. It travels to the one that serves, by its admin socket; when none does, the
/// command opens the state folder and performs it itself.
package enum AdminCommand: Codable, Sendable {
    case brokers
    case users
    case createAdministrator(email: String, name: String, password: String)
    case makeSignInLink(email: String)
    case setUser(email: String, enabled: Bool)
    /// `nil`: of everybody.
    case endSessions(email: String?)
    case resetSecondFactor(email: String)
    case singleSignOn
    case suspendSSO(broker: String, minutes: Int, reason: String)
    case restoreSSO(broker: String)
    case plugins
    case testPlugin(id: String)
    case setPlugin(id: String, enabled: Bool)
    /// `nil`: those that have not ended.
    case jobs(state: String?)
    case retryJob(id: String)
    case cancelJob(id: String)
    /// `nil`: all that a restore has parked.
    case releaseJobs(id: String?)
    case verifyAudit
    case auditPage(after: AuditCursor?)
    /// Makes a verified copy of the database in the state folder; the command takes it from there.
    case copyDatabase
    case noteBackup(file: String)
    /// A delivery status notification, as the mail system delivers it.
    case recordBounce(message: String)
    case metrics
    case examine(isProduction: Bool)
    /// From now on the portal looks at the request that has this token, and tells what of it arrived.
    case beginProbe
    case endProbe(token: String)
    /// Something of the go-live list that a person has done.
    case tick(String)
}

/// A command, and who gave it at the machine.
package struct AdminRequest: Codable, Sendable {
    package var command: AdminCommand
    package var person: String

    package init(_ command: AdminCommand, by person: String) {
        self.command = command
        self.person = person
    }
}
