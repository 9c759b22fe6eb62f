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
        /// Signs with a key that it does not list.
        case forged
    }

    /// What it does otherwise than most, and may.
    struct Dialect: Sendable {
        var issuer = "https://login.acme.example"
        var isElliptic = false
        var namesKeys = true
        /// JSON of keys for other purposes, listed with its own.
        var otherKeys: [String] = []
        var wantsSecretInForm = false
        /// Whether its answer says whose it is (RFC 9207).
        var tellsIssuer = false
        var claims: [String: String] = [:]
        var metadata: [String: String] = [:]
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
    let dialect: Dialect
    private let clock: TestClock
    private let state = Mutex(State())
    private static let keys = Mutex<[Int: _RSA.Signing.PrivateKey]>([:])
    private static let ellipticKeys = Mutex<[Int: P256.Signing.PrivateKey]>([:])

    init(_ dialect: Dialect = Dialect(), clock: TestClock) {
        self.dialect = dialect
        self.clock = clock
    }

    var issuer: String { dialect.issuer }
    /// What its addresses begin with.
    private var base: String { issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer }

    /// Method and address of every request, in order.
    var asked: [String] { state.withLock(\.asked) }
    func forget() { state.withLock { $0.asked = [] } }
    func fail(_ fault: Fault) { state.withLock { $0.fault = fault } }
    func changeKey() { state.withLock { $0.key += 1 } }

    /// What the browser comes back with after the person has signed in at the page that `address` leads to.
    func signIn(_ person: Person, at address: String) throws -> String {
        guard let parts = URLComponents(string: address), address.hasPrefix("\(base)/authorize?") else {
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
        let origin = dialect.tellsIssuer ? "&iss=\(issuer)" : ""
        return "\(query["redirect_uri"] ?? "")?code=\(code)&state=\(query["state"] ?? "")\(origin)"
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
        case .none, .claims, .metadata, .tokenError, .forged: break
        }
        switch address {
        case "\(base)/.well-known/openid-configuration": return json(metadata(fault))
        case "\(base)/keys": return try json(keySet())
        case "\(base)/token": return try token(request, String(decoding: body, as: UTF8.self), fault)
        default: return (HTTPResponse(status: .notFound), [])
        }
    }

    private func metadata(_ fault: Fault) -> String {
        var members = [
            "issuer": #""\#(issuer)""#, "authorization_endpoint": #""\#(base)/authorize""#,
            "token_endpoint": #""\#(base)/token""#, "jwks_uri": #""\#(base)/keys""#,
            "end_session_endpoint": #""\#(base)/out""#,
        ]
        members.merge(dialect.metadata) { $1 }
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
        let isClient =
            dialect.wantsSecretInForm
            ? request.headerFields[.authorization] == nil && form["client_id"] == "portal"
                && form["client_secret"]?.replacing("+", with: " ") == Self.secret
            : request.headerFields[.authorization] == "Basic \(client.base64EncodedString())"
        guard isClient else {
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
        claims.merge(dialect.claims) { $1 }
        if case .claims(let others) = fault { claims.merge(others) { $1 } }
        let key = state.withLock(\.key)
        let header = #"{"alg":"\#(dialect.isElliptic ? "ES256" : "RS256")"\#(name(of: key))}"#
        let payload = "{\(claims.map { #""\#($0.key)":\#($0.value)"# }.joined(separator: ","))}"
        let text = "\(Self.base64URL(Data(header.utf8))).\(Self.base64URL(Data(payload.utf8)))"
        let signer = fault == .forged ? 99 : key
        let hash = SHA256.hash(data: Data(text.utf8))
        let signature =
            dialect.isElliptic
            ? try Self.ellipticKey(signer).signature(for: hash).rawRepresentation
            : try Self.key(signer).signature(for: hash, padding: .insecurePKCS1v1_5).rawRepresentation
        return "\(text).\(Self.base64URL(signature))"
    }

    /// As a further member of a token's header, or of a key.
    private func name(of key: Int) -> String { dialect.namesKeys ? #","kid":"k\#(key)""# : "" }

    private func keySet() throws -> String {
        let number = state.withLock(\.key)
        return #"{"keys":[\#((dialect.otherKeys + [try publicKey(number)]).joined(separator: ","))]}"#
    }

    private func publicKey(_ number: Int) throws -> String {
        guard !dialect.isElliptic else {
            let point = Self.ellipticKey(number).publicKey.rawRepresentation
            let x = Self.base64URL(point.prefix(32))
            let y = Self.base64URL(point.suffix(32))
            return #"{"kty":"EC","use":"sig","crv":"P-256","x":"\#(x)","y":"\#(y)"\#(name(of: number))}"#
        }
        let key = try Self.key(number).publicKey.getKeyPrimitives()
        let n = Self.base64URL(key.modulus)
        let e = Self.base64URL(key.publicExponent)
        return #"{"kty":"RSA","use":"sig","alg":"RS256","n":"\#(n)","e":"\#(e)"\#(name(of: number))}"#
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

    private static func ellipticKey(_ number: Int) -> P256.Signing.PrivateKey {
        ellipticKeys.withLock { keys in
            let key = keys[number] ?? P256.Signing.PrivateKey()
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
