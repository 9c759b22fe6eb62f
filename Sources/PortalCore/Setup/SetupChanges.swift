import Foundation
import PortalKit

extension DatabaseConnection {
    /// What the tracker shows from now on.
    mutating func note(
        _ performed: PerformedStep, of setup: StoredSetup, _ names: [String], nextLookAt: Date?, at now: Date
    ) throws {
        switch performed.outcome {
        case .more: try note(setup.step, .working, of: setup, at: now)
        case .done(let sentence):
            try note(setup.step, .done, of: setup, sentence: sentence, at: now)
            try approve(setup, step: setup.step, at: now)
            try audit(setup.line("setup.step", ["step": setup.step, "result": sentence]), at: now)
            if let next = performed.next(after: setup.step, in: names) {
                try note(next, .working, of: setup, at: now)
            } else {
                try audit(setup.line("setup.end", ["result": sentence]), at: now)
            }
        case .waiting(let wait):
            try note(setup.step, .waiting, of: setup, wait: wait, nextLookAt: nextLookAt, at: now)
        case .asking(let step, let ask, let wait, let setback):
            let approval = try openApproval(of: setup, step, ask, by: setup.startedBy, at: now)
            if let setback { try settleAnswer(of: approval, setback, at: now) }
            try note(setup.step, .waiting, of: setup, wait: wait, nextLookAt: nextLookAt, setback: setback, at: now)
            if ask.audience == .customer, !setup.access.isEnabled {
                try set(.waitingForApproval, reason: wait.reason, of: setup, at: now)
            }
        case .back(let step, let setback):
            try forgetSteps(of: setup, Array(names.drop { $0 != step }))
            try note(step, .working, of: setup, setback: setback, at: now)
        }
    }

    private mutating func note(
        _ step: String, _ state: SetupStepRow.State, of setup: StoredSetup, sentence: String? = nil, wait: Wait? = nil,
        nextLookAt: Date? = nil, setback: Setback? = nil, at now: Date
    ) throws {
        let known = try steps(of: setup).first { $0.step == step }
        // What went wrong before stays told until the step is done.
        let told = state == .done ? nil : setback ?? known?.setback
        var event = told == nil ? nil : known?.eventID
        if let setback, setback != known?.setback {
            let id = newID()
            event = id
            try audit(
                setup.line(
                    "setup.setback",
                    ["step": step, "kind": setback.kind.rawValue, "problem": setback.problem.title, "event": id]),
                at: now)
        }
        try put(
            SetupStepRow(
                step: step, state: state, since: now, sentence: sentence, wait: wait, nextLookAt: nextLookAt,
                setback: told, eventID: event),
            of: setup)
    }

    mutating func apply(_ performed: PerformedStep, to setup: StoredSetup, _ vault: Vault, at now: Date) throws {
        for change in performed.changes {
            switch change {
            case .tenant(let found): try take(found.inPlainText, as: setup, at: now)
            case .keep(let proved):
                guard let connection = try connection(of: setup.brokerID, plugin: setup.pluginID) else { continue }
                try keep(proved, of: setup.tenantID, connection.id, setup.brokerID, vault, at: now)
                try audit(
                    setup.line("setup.grant", ["grant": proved.name.rawValue, "account": proved.account.name]), at: now)
            // What works is replaced by something better only.
            case .access(let access, _) where setup.access.isEnabled && setup.state == .running && !access.isEnabled: continue
            // The nightly check has nothing to tell where nothing has changed.
            case .access(let access, let notes) where setup.access == access && setup.notes == notes: continue
            case .access(let access, let notes):
                try set(access, reason: performed.sentence, notes: notes, of: setup, at: now)
                try audit(
                    setup.line(
                        "setup.access",
                        ["access": access.rawValue, "notes": notes.map(\.title).joined(separator: "; ")]),
                    at: now)
            case .linkToOrganization: try linkBySetup(setup, at: now)
            }
        }
    }

    private mutating func take(_ found: DiscoveredTenant, as setup: StoredSetup, at now: Date) throws {
        guard let tenant = try tenant(setup.tenantID, of: .whole(setup.brokerID)) else { return }
        try noteDetails(found, of: setup.tenantID, at: now)
        guard tenant.name != found.name else { return }
        var line = setup.line("tenant.rename")
        line.before = ["name": tenant.name]
        line.after = ["name": found.name]
        try audit(line, at: now)
    }

    private mutating func linkBySetup(_ setup: StoredSetup, at now: Date) throws {
        guard let tenant = try tenant(setup.tenantID, of: .whole(setup.brokerID)), tenant.state == .unlinked,
            let line = try planLine(for: tenant)
        else { return }
        _ = try carryOut(line.decision, for: tenant, job: setup.jobID, by: setup.startedBy, at: now)
    }

    /// Ends a set-up that is under way: its links work no more, and what it had not been told is forgotten.
    mutating func stop(_ setup: StoredSetup, reason: String, at now: Date) throws {
        try execute(
            """
            UPDATE tenant_setup SET state = \(StoredSetup.State.stopped), state_since = \(now)
            WHERE tenant_id = \(setup.tenantID) AND plugin_id = \(setup.pluginID)
            """)
        try withdrawApprovals(of: setup, reason: reason, at: now)
        try forgetEvents(of: setup)
        if !setup.access.isEnabled { try set(.unknown, reason: reason, of: setup, at: now) }
        try audit(setup.line("setup.stop", ["reason": reason]), at: now)
    }
}
