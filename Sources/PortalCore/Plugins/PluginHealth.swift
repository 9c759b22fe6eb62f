import HTML

/// How a plugin is, which is another thing than whether it is enabled.
struct PluginHealth: Sendable {
    enum State: String, Sendable {
        case off = "Off"
        /// Stored state is newer than this program.
        case incompatible = "Incompatible"
        case needsSetUp = "Needs set-up"
        case failed = "Failed"
        case degraded = "Degraded"
        case needsSignIn = "Needs sign-in"
        case working = "Working"
    }

    let state: State
    /// Why, a sentence each.
    let reasons: [String]

    init(_ status: PluginStatus) {
        var wrong =
            status.reach.newerJobs > 0
            ? [
                "\(counted(status.reach.newerJobs, "job was", "jobs were")) begun by a newer release and \(status.reach.newerJobs == 1 ? "stands" : "stand") still."
            ] : []
        let unknown = status.entry.settings.unknown
        if !unknown.isEmpty {
            wrong.append(
                "Another release has stored settings that this one does not know: \(unknown.joined(separator: ", ")). Saving the settings here removes them."
            )
        }
        let failedChecks = status.check?.failures.count ?? 0
        let troubles = [
            status.fault.map { "Its code failed: \(sentence($0.reason))" },
            failedChecks > 0 ? "\(counted(failedChecks, "check")) of its last test failed." : nil,
            status.brokenConnection.map { "A broker's sign-in is broken: \(sentence($0))" }, status.clockWarning,
        ].compactMap(\.self)
        if !status.isEnabled {
            (state, reasons) = (.off, [])
        } else if !wrong.isEmpty {
            (state, reasons) = (.incompatible, wrong)
        } else if let failure = status.entry.failure {
            (state, reasons) = (status.entry.needsSetUp ? .needsSetUp : .failed, [failure])
        } else if !troubles.isEmpty {
            (state, reasons) = (.degraded, troubles)
        } else if status.entry.connectable != nil && status.reach.connections == 0 {
            (state, reasons) = (.needsSignIn, ["No broker is connected."])
        } else {
            (state, reasons) = (.working, [])
        }
    }

    private var tone: Tone {
        switch state {
        case .off: .idle
        case .working: .good
        case .needsSetUp, .needsSignIn: .warn
        case .incompatible, .failed, .degraded: .bad
        }
    }

    /// The word, and the reasons beside it.
    var shown: HTML {
        """
        \(stateBadge(tone, state.rawValue))\(each(reasons.enumerated()) { place, reason in
            place == 0 ? " \(reason)" : "<br>\(reason)"
        })
        """
    }
}

private func sentence(_ text: String) -> String { text.hasSuffix(".") ? text : text + "." }
