import Foundation
import PortalKit

/// Tests a plugin: nobody who looks at a page waits for a provider.
struct ExaminationJob: JobKind {
    static let name = "plugin.examination"
    /// The job succeeds whatever it finds; what it found says whether the plugin works.
    static let asksPlugin = false
    let portal: Portal

    static func start(
        _ manifest: PluginManifest, by actor: String, _ db: inout DatabaseConnection, at now: Date
    ) throws -> Key<Job> {
        try db.start(
            NewJob(
                kind: Self.self, pluginID: manifest.id, title: "Test \(manifest.listing.name)",
                subject: manifest.id.rawValue, startedBy: actor),
            at: now)
    }

    func step(_ job: Job) async throws -> JobStep {
        guard let id = job.pluginID, let plugin = portal.plugins[id]?.selfTesting else {
            return JobStep(outcome: .failed(Self.vanished))
        }
        let check = try await portal.check(plugin)
        return JobStep(outcome: .finished(check.summary)) { try $0.store(check, of: id) }
    }

    /// What was found is that it did not come to its end; a cancelled one found nothing.
    func ended(_ job: Job, _ problem: Problem?, _ db: inout DatabaseConnection, at now: Date) throws {
        guard let id = job.pluginID, let problem else { return }
        let lines = [SelfTestLine("Test", .failed(problem))]
        let version = portal.plugins[id]?.settingsVersion ?? 0
        try db.store(PluginCheck(at: now, lines: lines, settingsVersion: version), of: id)
    }

    private static let vanished = Problem(
        title: "The plugin can't be tested", explanation: "It could not be built, or has no test of its own.",
        nextStep: "Look at its settings.", actor: .portalAdministrator)
}
