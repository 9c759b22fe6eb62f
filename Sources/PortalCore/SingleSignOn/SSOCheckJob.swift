import Foundation
import OpenIDConnect
import PortalKit

/// Asks a broker's provider what it says of itself, and keeps the answer: where its pages are, how it signs.
struct SSOCheckJob: JobKind {
    static let name = "sso.check"
    let portal: Portal

    static func start(
        for broker: Key<Broker>, by actor: String, _ db: inout DatabaseConnection, at now: Date
    ) throws -> Key<Job> {
        try db.start(
            NewJob(
                kind: SSOCheckJob.self, brokerID: broker, title: "Test the provider of single sign-on",
                subject: broker.rawValue, startedBy: actor),
            at: now)
    }

    func step(_ job: Job) async throws -> JobStep {
        guard let provider = try portal.database.read({ try $0.ssoProvider(of: Key(job.subject)) }) else {
            return JobStep(outcome: .finished("There is no provider any more."))
        }
        let now = portal.now
        do {
            let metadata = try await examine(provider)
            return JobStep(outcome: .finished("\(provider.name) answers as it should.")) { db in
                try db.note(metadata, nil, of: provider, now: now)
            }
        } catch let problem as Problem {
            return JobStep(outcome: .finished("\(problem.title).")) { db in
                try db.note(nil, problem, of: provider, now: now)
            }
        }
    }

    private func examine(_ provider: SSOProvider) async throws -> ProviderMetadata {
        do {
            let sender = SSOSender(portal)
            let metadata = try await ProviderMetadata.discover(issuer: provider.issuer, send: sender.send)
            guard !metadata.signingAlgorithms.isEmpty else { throw Self.noAlgorithm }
            guard metadata.clientAuthentication != nil else { throw Self.noAuthentication }
            _ = try await metadata.keys(send: sender.send)
            return metadata
        } catch {
            throw Self.problem(error, of: provider) ?? error
        }
    }

    private static func problem(_ error: any Error, of provider: SSOProvider) -> Problem? {
        switch error {
        case let problem as Problem: problem
        case DiscoveryError.otherIssuer(let other):
            Problem(
                title: "The provider calls itself differently",
                explanation: "The issuer has to be the same to the letter, be it a slash at the end.",
                nextStep: "If the provider's own name for itself is the one you mean, enter it as the issuer.",
                actor: .broker,
                facts: [
                    Problem.Fact("Entered", provider.issuer), Problem.Fact("Provider's own", String(other.prefix(300))),
                ])
        case DiscoveryError.refused(let status, _):
            Problem(
                title: "There is no OpenID Connect provider at this address",
                explanation: "It answers, but not with the description that each provider has.",
                nextStep: "Check the issuer. Opened in a browser with the path below, it has to show JSON.",
                actor: .broker,
                facts: [
                    Problem.Fact("Address", "\(provider.issuer)/.well-known/openid-configuration"),
                    Problem.Fact("Status", String(status)),
                ])
        case DiscoveryError.unsafeAddress(let name, let address):
            Problem(
                title: "The provider names an address that the portal may not call",
                explanation: "Every address of a provider has to begin with https://, and not to lead to this machine.",
                nextStep: "Ask who administers the provider.", actor: .partnerAdministrator,
                facts: [Problem.Fact(name, String(address.prefix(300)))])
        case IDTokenError.unreadableKeys:
            Problem(
                title: "The provider's keys can't be read", explanation: "Without them no answer can be verified.",
                nextStep: "Ask who administers the provider.", actor: .partnerAdministrator)
        default: SSOFailure(error)?.problem(at: provider.name)
        }
    }

    private static let noAlgorithm = Problem(
        title: "The provider signs in a way that the portal does not know",
        explanation: "The portal verifies RS256, PS256 and ES256.",
        nextStep: "Ask who administers the provider to sign id tokens with one of them.", actor: .partnerAdministrator)

    private static let noAuthentication = Problem(
        title: "The provider does not take a client secret",
        explanation: "The portal proves itself with a client secret, in the head or in the form.",
        nextStep: "Ask who administers the provider for a client that has one.", actor: .partnerAdministrator)
}
