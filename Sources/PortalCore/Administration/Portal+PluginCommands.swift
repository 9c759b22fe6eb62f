import Foundation
import PortalKit

/// Plugins by the command line.
extension Portal {
    private struct PluginRow: Codable {
        let id: String
        let name: String
        let version: String
        let provider: String
        let enabled: Bool
        let abilities: [String]
        let failure: String?
    }

    func listPlugins() throws -> AdminAnswer {
        let rows = try plugins.entries.map { entry in
            PluginRow(
                id: entry.manifest.id.rawValue, name: entry.manifest.listing.name, version: entry.manifest.version,
                provider: entry.manifest.provider, enabled: try isPluginEnabled(entry.manifest.id),
                abilities: entry.abilities, failure: entry.failure)
        }
        return try AdminAnswer(rows, empty: "No plugins are compiled in.") {
            [
                $0.id, $0.version, $0.enabled ? "enabled" : "disabled", $0.abilities.joined(separator: ", "),
                $0.failure ?? "",
            ]
        }
    }

    /// Asks the provider now, and keeps what was found.
    func testPlugin(id: String, _ person: Operator) async throws -> AdminAnswer {
        do {
            let check = try await examinePlugin(Key(id), by: "command line")
            return try AdminAnswer(check.lines, lines: check.lines.map(\.text) + [check.summary])
        } catch let untestable as PluginUntestable {
            throw AdminProblem(untestable.description)
        }
    }

    /// Acknowledged when no call of the plugin is under way any more.
    func setPlugin(id: String, enabled: Bool, _ person: Operator) async throws -> AdminAnswer {
        let key = Key<PluginManifest>(id)
        guard plugins[key] != nil else {
            throw AdminProblem("There is no plugin \"\(id)\". `gatehouse plugin list` names them.")
        }
        let line = person.line(enabled ? "plugin.enable" : "plugin.disable", "plugin:\(id)")
        let now = now
        try database.write { try $0.setEnabled(key, enabled, line, at: now) }
        let isOver = enabled ? true : try await gates.drained(key)
        guard isOver else {
            return try AdminAnswer(
                done: "\(id) is disabled. A call that began before has not ended yet; it is the last one.")
        }
        return try AdminAnswer(done: "\(id) is \(enabled ? "enabled" : "disabled").")
    }
}

extension SelfTestLine {
    fileprivate var text: String {
        switch verdict {
        case .passed(let words): "ok\t\(title)\t\(words)"
        case .unknown(let words): "not known\t\(title)\t\(words)"
        case .failed(let problem): "failed\t\(title)\t\(problem.title). \(problem.nextStep)"
        }
    }
}
