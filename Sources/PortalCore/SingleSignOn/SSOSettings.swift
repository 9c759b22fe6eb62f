import Foundation
import OpenIDConnect
import PortalKit

/// What an owner types to set up a provider, read.
struct SSOSettings: Sendable {
    let issuer: String
    let clientID: String
    /// `nil`: the stored one stays.
    let secret: String?
    let domains: [String]

    static let maxDomains = 50

    enum Field: String, CaseIterable {
        case issuer
        case clientID = "client-id"
        case secret, domains
    }

    /// - Parameters:
    ///   - mayStayHere: whether a provider on this very machine is allowed.
    ///   - hasSecret: whether one is stored that may stay.
    /// - Returns: the settings, or the words for what is wrong, by field.
    static func read(_ form: [String: String], mayStayHere: Bool, hasSecret: Bool) -> Result<SSOSettings, Problems> {
        var problems: [Field: String] = [:]
        func text(_ field: Field) -> String {
            (form[field.rawValue] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        }
        var issuer = text(.issuer)
        for suffix in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"]
        where issuer.hasSuffix(suffix) {
            issuer.removeLast(suffix.count)
        }
        problems[.issuer] = problem(ofIssuer: issuer, mayStayHere: mayStayHere)
        let clientID = text(.clientID)
        if clientID.isEmpty || clientID.count > 300 {
            problems[.clientID] = "Enter the client ID that the provider gave to this portal."
        }
        let secret = form[Field.secret.rawValue] ?? ""
        if secret.isEmpty && !hasSecret {
            problems[.secret] = "Enter the client secret that the provider gave to this portal."
        }
        if secret.count > 2_000 { problems[.secret] = "That is longer than any client secret. Copy it once more." }
        let domains = read(domains: text(.domains))
        if domains.isEmpty {
            problems[.domains] = "Enter the domain of your people's e-mail addresses, for example acme.example."
        } else if let bad = domains.first(where: {
            Host($0)?.name != $0 || !$0.contains(".") || $0.hasSuffix(".localhost")
        }) {
            problems[.domains] = "\"\(bad)\" is not a domain. Enter what stands after the @, for example acme.example."
        } else if domains.count > maxDomains {
            problems[.domains] = "Enter at most \(maxDomains) domains."
        }
        guard problems.isEmpty else { return .failure(Problems(of: problems)) }
        return .success(
            SSOSettings(
                issuer: issuer, clientID: clientID, secret: secret.isEmpty ? nil : secret, domains: domains))
    }

    struct Problems: Error {
        let of: [Field: String]
    }

    private static func problem(ofIssuer issuer: String, mayStayHere: Bool) -> String? {
        guard !issuer.isEmpty else { return "Enter the issuer: the address by which your provider calls itself." }
        guard !issuer.contains("?"), let address = ProviderAddress(issuer) else {
            return
                "The issuer is an address that begins with https:// and has neither ? nor #. Copy it from your provider."
        }
        guard mayStayHere && address.isLoopback || PublicAddress.mayBe(address.host) else {
            return "The portal does not call addresses of internal networks. Enter the issuer's public address."
        }
        return nil
    }

    /// Separated by anything; with the @ or without.
    private static func read(domains text: String) -> [String] {
        let parts = text.lowercased().split { $0.isWhitespace || $0 == "," || $0 == ";" }
        let names = parts.map { String($0.split(separator: "@").last ?? "") }
        return Array(Set(names)).sorted()
    }
}
