/// What happened, in words for a person. `AuditWordsTests` finds an action of the code that has none here.
enum AuditWords {
    /// What was refused does not read as done.
    static func title(_ action: String, _ outcome: AuditLine.Outcome) -> String {
        let title = all[action] ?? action.replacing(".", with: ": ").replacing("-", with: " ")
        guard outcome == .refused else { return title }
        return refused[action] ?? "Not done: \(title.prefix(1).lowercased())\(title.dropFirst())"
    }

    /// The actions whose words, done or refused, hold the text; and for the latter only where they were refused.
    static func actions(like text: String) -> (any: [String], refused: [String]) {
        func named(_ words: [String: String]) -> [String] {
            words.filter { $0.value.lowercased().contains(text.lowercased()) }.keys.sorted()
        }
        return (named(all), named(refused))
    }

    /// For the filter, by their words.
    static let choices = all.map { (value: $0.key, label: $0.value) }.sorted { $0.label < $1.label }

    static let all: [String: String] = [
        "access.refuse": "Asked for a page that is not theirs",
        "attention.snooze": "Snoozed something that needs attention",
        "attention.wake": "Woke something that was snoozed",
        "audit.check": "Checked the audit's chain",
        "audit.export": "Exported the audit",
        "backup.create": "Made a backup",
        "backup.restore": "Restored a backup",
        "broker.create": "Made a broker",
        "broker.disable": "Disabled a broker",
        "broker.enable": "Enabled a broker",
        "broker.erase": "Erased a broker",
        "broker.move": "Moved a broker to another region",
        "broker.rename": "Renamed a broker",
        "connection.answer": "A provider's sign-in came back",
        "connection.break": "A sign-in at a provider stopped working",
        "connection.connect": "Connected to a provider",
        "connection.sign-in": "Began a sign-in at a provider",
        "go-live.tick": "Ticked a line of the go-live list",
        "group.change": "Changed a group",
        "group.delete": "Deleted a group",
        "group.make": "Made a group",
        "host.add": "Added a branded address",
        "host.remove": "Removed a branded address",
        "job.cancel": "Cancelled a job",
        "job.end": "A job ended",
        "job.release": "Released a job after a restore",
        "job.retry": "Started a job again",
        "job.start": "Started a job",
        "mail.bounce": "A message came back",
        "mail.fail": "A message could not be sent",
        "mail.keep": "A message was kept, since no mail is set up",
        "mail.retry": "Sent a message again",
        "mail.send": "A message was sent",
        "plugin.disable": "Disabled a plugin",
        "plugin.dismiss-fault": "Dismissed a plugin's failure",
        "plugin.enable": "Enabled a plugin",
        "plugin.erase": "Erased what was stored of a plugin",
        "plugin.set": "Changed a plugin's settings",
        "plugin.test": "Tested a plugin",
        "practice.seed": "Made the demo world",
        "retention.delete": "Deleted what is older than it is kept",
        "service.add": "Added a service",
        "service.erase": "Erased what a service has read",
        "service.remove": "Removed a service",
        "session.confirm": "Confirmed who they are",
        "session.end": "Signed out",
        "session.end-all": "Ended everybody's sessions",
        "session.end-oldest": "The oldest of too many sessions ended",
        "session.end-others": "Ended their other sessions",
        "session.hand-over": "Changed to another address",
        "session.second-factor": "Gave the code of the second step",
        "session.start": "Signed in",
        "sign-in-link.create": "Made a sign-in link on the machine itself",
        "sso.answer": "A sign-in provider's answer came back",
        "sso.configure": "Set up single sign-on",
        "sso.enable": "Switched single sign-on on or off",
        "sso.end-suspension": "Ended a suspension of single sign-on",
        "sso.link": "Linked an identity of single sign-on",
        "sso.pause": "Paused single sign-on",
        "sso.remove": "Removed single sign-on",
        "sso.require": "Changed whether single sign-on is required",
        "sso.restore": "Single sign-on is required again",
        "sso.suspend": "Suspended single sign-on on the machine itself",
        "sso.take-domain": "Took a domain of single sign-on away from a broker",
        "sso.unlink": "Took a single sign-on identity from a person",
        "tenant.exclude": "Excluded a tenant",
        "tenant.include": "Counted a tenant again",
        "tenant.link": "Linked a tenant",
        "tenant.unlink": "Removed a tenant's link",
        "user.change": "Changed a person",
        "user.create": "Made a person's account",
        "user.delete": "Deleted a person",
        "user.disable": "Disabled a person",
        "user.enable": "Enabled a person",
        "user.groups.change": "Changed a person's groups",
        "user.invitation-withdraw": "Withdrew an invitation",
        "user.invitation.accept": "Accepted an invitation",
        "user.invitation.send": "Invited a person again",
        "user.invite": "Invited a person",
        "user.invite-again": "Invited an owner again",
        "user.limits.change": "Changed which organizations a person sees",
        "user.password-change": "Changed a password",
        "user.password-link": "Asked for a link for a new password",
        "user.password-reset": "Set a new password by a link",
        "user.password-reset.send": "Sent a link for a new password",
        "user.recovery-codes.make": "Made new recovery codes",
        "user.role.change": "Changed a role",
        "user.second-factor.clear": "Took a second step away",
        "user.second-factor.off": "Switched the own second step off",
        "user.second-factor.set": "Set up a second step",
        "user.sessions.end": "Ended a person's sessions",
    ]
    /// Of what is often refused; "Not done" stands before the words of the rest.
    private static let refused: [String: String] = [
        "access.refuse": "Asked for a page that is not theirs",
        "audit.check": "Found the audit's chain changed",
        "connection.answer": "A provider's sign-in came back and was not accepted",
        "session.confirm": "Could not confirm who they are",
        "session.second-factor": "Gave a wrong code of the second step",
        "session.start": "Was not signed in",
        "sso.answer": "A sign-in provider's answer came back and was not accepted",
        "sso.configure": "Could not set up single sign-on",
        "sso.enable": "Could not switch single sign-on on or off",
        "sso.remove": "Could not remove single sign-on",
        "sso.require": "Could not change whether single sign-on is required",
        "user.change": "Could not change a person",
        "user.disable": "Could not disable a person",
        "user.password-change": "Could not change a password",
        "user.password-link": "Asked for a link for a new password and got none",
    ]
}
