import Foundation

/// The time that every expiry is measured with: a base that tests may fix, moved forward by the control page.
struct SandboxClock: Sendable {
    let base: @Sendable () -> Date
    let store: SandboxStore

    var now: Date { base().addingTimeInterval(store.read { $0.clockOffset }) }
}
