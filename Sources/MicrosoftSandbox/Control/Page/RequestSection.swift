import Foundation
import HTML

/// What was called last.
struct RequestSection {
    let sandbox: MicrosoftSandbox

    var html: HTML {
        let last = sandbox.requests.entries.suffix(50).reversed()
        guard !last.isEmpty else { return "<h2>Last requests</h2><p>None yet.</p>" }
        return """
            <h2>Last requests</h2>
            \(ControlPieces.table("Last requests", ["Time", "Request", "Status", "Note", "Correlation id"], last.map {
                [
                    "\($0.time.formatted(.iso8601))", ControlPieces.code("\($0.method) \($0.path)"), "\($0.status)",
                    "\($0.note ?? "")", ControlPieces.code($0.correlationID ?? ""),
                ]
            }))
            <form method="post" action="/control/requests/removal" class="buttons">
            <button>Clear the list</button></form>
            """
    }
}
