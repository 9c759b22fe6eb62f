/// What a route asks for besides its permission.
struct RouteRules: OptionSet, Sendable {
    let rawValue: Int

    /// That the person has proved within the last minutes who it is: a step-up.
    static let recentProof = RouteRules(rawValue: 1)
    /// The broker's regional address, because a provider's sign-in starts or ends here.
    static let regionalAddress = RouteRules(rawValue: 2)
    /// Nothing: also for those whose sign-in is not complete.
    static let anyStage = RouteRules(rawValue: 4)
    /// An open session, or one that waits for its person to set up a second factor.
    static let enrolment = RouteRules(rawValue: 8)

    /// Whether a sign-in that has come so far opens the route.
    func open(at stage: Session.Stage) -> Bool {
        stage == .open || contains(.anyStage) || (stage == .enrolment && contains(.enrolment))
    }
}
