import Foundation
import PortalKit

/// What a job does, step by step.
///
/// A step looks at the rows and at the provider, and returns; the runner commits what it returned. A step that is cut off
/// is performed again, so it changes nothing outside that it can't find again.
protocol JobKind: Sendable {
    static var name: String { get }
    /// Of the payload. A job with a newer one is parked.
    static var version: Int { get }
    /// Whether its start and end stand in the audit; not where each change that it makes has a line anyway.
    static var leavesAuditLines: Bool { get }
    /// Whether its success shows that the plugin works.
    static var asksPlugin: Bool { get }

    init(portal: Portal)

    /// - Throws: ``ProviderBusy`` and ``PluginDisabled``, after which the step is tried at its time; ``Problem``, after which
    ///   it is tried again when that may help, and else the job fails.
    func step(_ job: Job) async throws -> JobStep

    /// Called in the transaction that ends the job without success.
    func ended(_ job: Job, _ problem: Problem?, _ db: inout DatabaseConnection, at now: Date) throws
}

extension JobKind {
    static var version: Int { 1 }
    static var leavesAuditLines: Bool { true }
    static var asksPlugin: Bool { true }

    func ended(_ job: Job, _ problem: Problem?, _ db: inout DatabaseConnection, at now: Date) throws {}
}

/// What a step found, and what is to be committed with it.
struct JobStep: Sendable {
    enum Outcome: Sendable {
        /// The next step can begin at once.
        case more
        /// Nothing to do before that time, or before somebody wakes the job; one sentence of why.
        case waiting(until: Date, reason: String)
        /// The job is done; one sentence of what it did.
        case finished(String)
        case failed(Problem)
    }

    var outcome: Outcome
    /// The kind's state from now on; `nil` leaves it.
    var payload: String?
    var done: Int?
    var total: Int?
    /// What is at hand.
    var item: String?
    /// Runs in the transaction that commits the step, and may run twice.
    var commit: @Sendable (inout DatabaseConnection) throws -> Void = { _ in }
}

extension JobStep {
    /// Reads and writes the kind's state.
    static func decode<State: Decodable>(_ type: State.Type, from job: Job) throws -> State {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        return try decoder.decode(type, from: Data(job.payload.utf8))
    }

    static func encode(_ state: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .secondsSince1970
        return String(decoding: try encoder.encode(state), as: UTF8.self)
    }
}
