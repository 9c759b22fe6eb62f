import Foundation
import PortalKit

/// The portal's metrics as text: the counters of this process, and one read of the rows. No name of a person, a broker or a
/// tenant is a label.
extension Portal {
    package func metrics() throws -> String {
        let now = now
        let rows = try database.read { try $0.measures(now: now) }
        var text = PrometheusText()
        addCounts(to: &text)
        add(rows, to: &text, now: now)
        text.add(
            "password_queue", .gauge, "Sign-ins that wait for the check of a password.", Double(blocking.waitingNow))
        text.add("database_bytes", .gauge, "Size of the database and of its journal.", by: "file", files())
        if let resident = Self.residentBytes() {
            text.add("resident_bytes", .gauge, "Memory of the process.", resident)
        }
        return text.text
    }

    private func addCounts(to text: inout PrometheusText) {
        let counts = meters.now
        text.add(
            "requests_total", .counter, "Requests answered, by the kind of route and the class of the status.",
            counts.requests.sorted {
                ($0.key.kind.rawValue, $0.key.statusClass) < ($1.key.kind.rawValue, $1.key.statusClass)
            }
            .map { ("", [("kind", $0.key.kind.rawValue), ("status", "\($0.key.statusClass)xx")], Double($0.value)) })
        var sum = 0
        let buckets = zip(counts.times, Meters.buckets.map { "\($0 / .seconds(1))" } + ["+Inf"]).map { count, limit in
            sum += count
            return (suffix: "_bucket", labels: [("le", limit)], value: Double(sum))
        }
        text.add(
            "request_seconds", .histogram, "Time that an answer took.",
            buckets + [("_sum", [], counts.timeInAll / .seconds(1)), ("_count", [], Double(sum))])
        text.add(
            "provider_calls_total", .counter, "Calls to providers, by how they ended.",
            counts.calls.sorted {
                ($0.key.plugin.rawValue, $0.key.outcome.rawValue) < ($1.key.plugin.rawValue, $1.key.outcome.rawValue)
            }
            .map {
                ("", [("plugin", $0.key.plugin.rawValue), ("outcome", $0.key.outcome.rawValue)], Double($0.value))
            })
    }

    private func add(_ rows: Measures, to text: inout PrometheusText, now: Date) {
        text.add("jobs", .gauge, "Jobs, by state.", by: "state", rows.jobs)
        text.add(
            "job_oldest_due_seconds", .gauge, "How long the job that has waited longest is due.",
            rows.oldestDue.map { max(0, now.timeIntervalSince($0)) } ?? 0)
        text.add(
            "plugin_enabled", .gauge, "1 for a plugin that is switched on.", by: "plugin",
            plugins.entries.map {
                ($0.manifest.id.rawValue, rows.disabled.contains($0.manifest.id.rawValue) ? 0 : 1)
            })
        text.add(
            "connections", .gauge, "Connections, by plugin and state.",
            rows.connections.map {
                ("", [("plugin", $0.plugin), ("state", $0.state)], $0.count)
            })
        text.add(
            "credential_age_seconds", .gauge, "Since the renewal of the credential that was renewed longest ago.",
            by: "plugin", rows.credentials.map { ($0.0, max(0, now.timeIntervalSince($0.1))) })
        text.add("throttles", .gauge, "Resources of providers that are left alone at present.", rows.throttles)
        text.add("mail", .gauge, "Messages, by state.", by: "state", rows.mail)
        text.add(
            "unproved_sign_ins", .gauge, "Sign-ins at providers that have not worked yet since a restore.",
            rows.unproved)
        text.add("tenants", .gauge, "Tenants, by whether they are linked.", by: "link", rows.tenants)
        text.add("sessions", .gauge, "Sessions that have not ended.", rows.sessions)
        text.add("users", .gauge, "People who may sign in.", rows.users)
        text.add("brokers", .gauge, "Brokers.", rows.brokers)
        text.add("audit_lines", .gauge, "Lines of the audit.", rows.auditLines)
    }

    private func files() -> [(String, Double)] {
        [("database", ""), ("journal", "-wal")].map { name, suffix in
            let size = try? FileManager.default.attributesOfItem(atPath: configuration.databasePath + suffix)[.size]
            return (name, (size as? NSNumber)?.doubleValue ?? 0)
        }
    }

    /// `nil` where /proc can't be read.
    private static func residentBytes() -> Double? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { return nil }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }
}
