import Foundation
import HTTPTypes
import Logging
import OpenIDConnect
import PortalKit

/// The way out to a broker's provider: to addresses that may be such a provider's, within one limit of time for all that a
/// sign-in asks.
struct SSOSender: Sendable {
    static let limit: Duration = .seconds(9)
    private static let maxAnswerBytes = 1 << 20

    enum Failure: Error, Equatable {
        case forbiddenAddress(String)
        case tooSlow
        case noAnswer
        case tooLong
    }

    private let portal: Portal
    private let deadline: ContinuousClock.Instant

    init(_ portal: Portal) {
        self.portal = portal
        deadline = .now + Self.limit
    }

    /// - Throws: ``Failure``.
    func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        guard let address = request.address, portal.mayCall(address) else {
            throw Failure.forbiddenAddress(request.authority ?? "")
        }
        let answer: (HTTPResponse, [UInt8])
        do {
            answer = try await withThrowingTaskGroup(of: (HTTPResponse, [UInt8])?.self) { [portal, deadline] group in
                group.addTask {
                    try await portal.upstream.send(request, body, onlyPublic: !portal.mayCallHere(address))
                }
                group.addTask {
                    try await Task.sleep(until: deadline)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let answer = first else { throw Failure.tooSlow }
                return answer
            }
        } catch let failure as Failure {
            throw failure
        } catch UpstreamError.tooLong {
            throw Failure.tooLong
        } catch UpstreamError.notPublic {
            throw Failure.forbiddenAddress(address.host)
        } catch {
            try Task.checkCancellation()
            portal.logger.notice(
                "no answer from a provider of single sign-on",
                metadata: ["host": "\(address.host)", "error": "\(error)"])
            throw Failure.noAnswer
        }
        guard answer.1.count <= Self.maxAnswerBytes else { throw Failure.tooLong }
        return answer
    }
}

extension Portal {
    /// A provider on this machine is for practice, and for portals that are on this machine only themselves.
    var mayHaveLocalProviders: Bool {
        configuration.isPractice || addresses.regions.allSatisfy(\.baseURL.isLoopback)
    }

    fileprivate func mayCallHere(_ address: ProviderAddress) -> Bool { address.isLoopback && mayHaveLocalProviders }

    fileprivate func mayCall(_ address: ProviderAddress) -> Bool {
        mayCallHere(address) || (address.scheme == "https" && PublicAddress.mayBe(address.host))
    }
}

extension HTTPRequest {
    fileprivate var address: ProviderAddress? {
        ProviderAddress("\(scheme ?? "")://\(authority ?? "")\(path ?? "")")
    }
}
