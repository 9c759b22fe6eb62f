import Crypto
import CryptoExtras
import Foundation
import HTTPTypes
import PortalCore
import Synchronization
import TestPortal

/// An OpenID Connect provider as a broker's company has one, and a person who signs in there.
final class FakeProvider: Upstream {
    struct Person: Sendable {
        var subject: String
        var email: String?
        /// JSON.
        var isVerified: String? = "true"
        /// Seconds since the person last typed a password there; `nil`: the provider does not tell.
        var askedBefore: Int? = 0
    }

    /// What it does wrong.
    enum Fault: Sendable, Equatable {
        case none, down, slow, error, garbage, redirect, endless
        /// Claims that it writes otherwise.
        case claims([String: String])
        case metadata([String: String])
        case tokenError(String)
    }

    private struct State {
        var asked: [String] = []
        var codes: [String: (person: Person, query: [String: String])] = [:]
        var fault = Fault.none
        var key = 1
        var count = 0
    }

    static let olivia = Person(subject: "s-olivia", email: "owner@acme.example")
    static let secret = "a secret of the portal's"
    let issuer: String
    private let clock: TestClock
    private let state = Mutex(State())
    private static let keys = Mutex<[Int: _RSA.Signing.PrivateKey]>([:])

    init(_ issuer: String = "https://login.acme.example", clock: TestClock) {
        self.issuer = issuer
        self.clock = clock
    }

    /// Method and address of every request, in order.
    var asked: [String] { state.withLock(\.asked) }
    func forget() { state.withLock { $0.asked = [] } }
    func fail(_ fault: Fault) { state.withLock { $0.fault = fault } }
    func changeKey() { state.withLock { $0.key += 1 } }

    /// What the browser comes back with after the person has signed in at the page that `address` leads to.
    func signIn(_ person: Person, at address: String) throws -> String {
        guard let parts = URLComponents(string: address), address.hasPrefix("\(issuer)/authorize?") else {
            throw TestFailure("not our page: \(address)")
        }
        let query = Dictionary(uniqueKeysWithValues: (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") })
        guard query["response_type"] == "code", query["code_challenge_method"] == "S256",
            query["scope"] == "openid email profile"
        else { throw TestFailure("not a good request: \(query)") }
        let code = state.withLock { state in
            state.count += 1
            state.codes["code-\(state.count)"] = (person, query)
            return "code-\(state.count)"
        }
        return "\(query["redirect_uri"] ?? "")?code=\(code)&state=\(query["state"] ?? "")"
    }

    func send(_ request: HTTPRequest, _ body: [UInt8]) async throws -> (HTTPResponse, [UInt8]) {
        let address = "\(request.scheme ?? "")://\(request.authority ?? "")\(request.path ?? "")"
        let fault = state.withLock { state in
            state.asked.append("\(request.method.rawValue) \(address)")
            return state.fault
        }
        switch fault {
        case .down: throw TestFailure("nobody answers")
        case .slow: try await Task.sleep(for: .seconds(30))
        case .error: return (HTTPResponse(status: .internalServerError), [])
        case .garbage: return (HTTPResponse(status: .ok), Array("<html>".utf8))
        case .redirect: return (HTTPResponse(status: .found, headerFields: [.location: "http://169.254.169.254/"]), [])
        case .endless: throw UpstreamError.tooLong
        case .none, .claims, .metadata, .tokenError: break
        }
        switch address {
        case "\(issuer)/.well-known/openid-configuration": return json(metadata(fault))
        case "\(issuer)/keys": return try json(keySet())
        case "\(issuer)/token": return try token(request, String(decoding: body, as: UTF8.self), fault)
        default: return (HTTPResponse(status: .notFound), [])
        }
    }

    private func metadata(_ fault: Fault) -> String {
        var members = [
            "issuer": #""\#(issuer)""#, "authorization_endpoint": #""\#(issuer)/authorize""#,
            "token_endpoint": #""\#(issuer)/token""#, "jwks_uri": #""\#(issuer)/keys""#,
            "end_session_endpoint": #""\#(issuer)/out""#,
        ]
        if case .metadata(let others) = fault { members.merge(others) { $1 } }
        return "{\(members.map { #""\#($0.key)":\#($0.value)"# }.joined(separator: ","))}"
    }

    private func token(_ request: HTTPRequest, _ body: String, _ fault: Fault) throws -> (HTTPResponse, [UInt8]) {
        let form = Dictionary(
            uniqueKeysWithValues: body.split(separator: "&").map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), String(parts[1]).removingPercentEncoding ?? "")
            })
        if case .tokenError(let error) = fault { return json(#"{"error":"\#(error)"}"#, .badRequest) }
        let client = Data(
            "portal:\(Self.secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")".utf8)
        guard request.headerFields[.authorization] == "Basic \(client.base64EncodedString())" else {
            return json(#"{"error":"invalid_client"}"#, .unauthorized)
        }
        guard let known = state.withLock({ $0.codes.removeValue(forKey: form["code"] ?? "") }),
            known.query["redirect_uri"] == form["redirect_uri"],
            known.query["code_challenge"] == Self.base64URL(SHA256.hash(data: Data((form["code_verifier"] ?? "").utf8)))
        else { return json(#"{"error":"invalid_grant"}"#, .badRequest) }
        let idToken = try idToken(known.person, known.query, fault)
        return json(#"{"access_token":"a","token_type":"Bearer","expires_in":3600,"id_token":"\#(idToken)"}"#)
    }

    private func idToken(_ person: Person, _ query: [String: String], _ fault: Fault) throws -> String {
        let now = Int(clock.now.timeIntervalSince1970)
        var claims = [
            "iss": #""\#(issuer)""#, "sub": #""\#(person.subject)""#, "aud": #""\#(query["client_id"] ?? "")""#,
            "nonce": #""\#(query["nonce"] ?? "")""#, "iat": "\(now)", "exp": "\(now + 300)",
        ]
        claims["email"] = person.email.map { #""\#($0)""# }
        claims["email_verified"] = person.isVerified
        claims["auth_time"] = person.askedBefore.map { "\(now - $0)" }
        if case .claims(let others) = fault { claims.merge(others) { $1 } }
        let key = state.withLock(\.key)
        let header = #"{"alg":"RS256","kid":"k\#(key)"}"#
        let payload = "{\(claims.map { #""\#($0.key)":\#($0.value)"# }.joined(separator: ","))}"
        let text = "\(Self.base64URL(Data(header.utf8))).\(Self.base64URL(Data(payload.utf8)))"
        let signature = try Self.key(key).signature(
            for: SHA256.hash(data: Data(text.utf8)), padding: .insecurePKCS1v1_5)
        return "\(text).\(Self.base64URL(signature.rawRepresentation))"
    }

    private func keySet() throws -> String {
        let number = state.withLock(\.key)
        let key = try Self.key(number).publicKey.getKeyPrimitives()
        let n = Self.base64URL(key.modulus)
        let e = Self.base64URL(key.publicExponent)
        return #"{"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"k\#(number)","n":"\#(n)","e":"\#(e)"}]}"#
    }

    /// Made once: all tests share them.
    private static func key(_ number: Int) throws -> _RSA.Signing.PrivateKey {
        try keys.withLock { keys in
            if let key = keys[number] { return key }
            let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
            keys[number] = key
            return key
        }
    }

    private func json(_ text: String, _ status: HTTPResponse.Status = .ok) -> (HTTPResponse, [UInt8]) {
        (HTTPResponse(status: status), Array(text.utf8))
    }

    private static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
