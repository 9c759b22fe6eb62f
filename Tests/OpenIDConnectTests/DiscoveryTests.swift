import Foundation
import HTTPTypes
import OpenIDConnect
import Testing

/// What a provider may say of itself.
@Suite struct DiscoveryTests {
    private static let genuine = [
        "issuer": #""https://login.example/t1""#,
        "authorization_endpoint": #""https://login.example//auth?tenant=1""#,
        "token_endpoint": #""https://login.example//token""#, "jwks_uri": #""https://keys.example/t1""#,
    ]

    private static func discover(
        _ issuer: String = "https://login.example/t1", _ changes: [String: String] = [:], asked: Asked? = nil
    ) async throws -> ProviderMetadata {
        let members = genuine.merging(changes) { $1 }.filter { !$0.value.isEmpty }
        let body = Array("{\(members.map { #""\#($0.key)":\#($0.value)"# }.joined(separator: ","))}".utf8)
        return try await ProviderMetadata.discover(issuer: issuer) { request, _ in
            asked?.note(request)
            return (HTTPResponse(status: .ok), body)
        }
    }

    @Test func `metadata is read where the specification puts it, with a slash at the end or without`() async throws {
        let asked = Asked()
        _ = try await Self.discover(asked: asked)
        _ = try await Self.discover(
            "https://login.example/", ["issuer": #""https://login.example/""#], asked: asked)
        #expect(
            asked.all == [
                "https://login.example/t1/.well-known/openid-configuration",
                "https://login.example/.well-known/openid-configuration",
            ])
    }

    @Test func `an endpoint with two slashes and a query stays as it is printed`() async throws {
        let metadata = try await Self.discover()
        #expect(
            metadata.authorizationAddress(["state": "a b", "nonce": "n"])
                == "https://login.example//auth?tenant=1&nonce=n&state=a%20b")
        let asked = Asked()
        let endpoint = TokenEndpoint(address: metadata.tokenEndpoint, clientID: "c", clientSecret: "s")
        _ = try? await endpoint.refresh("r", scope: "openid") { request, _ in
            asked.note(request)
            return (HTTPResponse(status: .ok), [])
        }
        #expect(asked.all == ["https://login.example//token"])
    }

    @Test(arguments: [
        "https://login.example/t1/", "https://LOGIN.example/t1", "https://evil.example", "http://login.example/t1",
    ])
    func `check 33: metadata of another issuer is refused, be it by a slash`(issuer: String) async {
        await #expect(throws: DiscoveryError.otherIssuer(issuer)) {
            try await Self.discover("https://login.example/t1", ["issuer": "\"\(issuer)\""])
        }
    }

    @Test(
        arguments: ["authorization_endpoint", "token_endpoint", "jwks_uri"],
        [
            "http://login.example/x", "https://user:word@login.example/x", "https://login.example/x#f",
            "javascript:alert(1)",
            "file:///etc/passwd", "//login.example/x", "/x", "", "https://", "https://login.example:0/",
            "ftp://login.example/",
            "https://login.example/a b", #"https:\\\\login.example"#, "http://127.0.0.1/x", "https://localhost/x",
            "https://[::1]/x",
        ])
    func `check 33: an endpoint without https, or on this machine, is refused`(member: String, address: String) async {
        await #expect(throws: DiscoveryError.self) {
            try await Self.discover("https://login.example/t1", [member: "\"\(address)\""])
        }
    }

    @Test(arguments: [
        "http://login.example/t1", "ldap://login.example", "https://login.example/t1?x=1", "https://a@login.example",
        "",
        "https://127.0.0.1.evil.example@10.0.0.1/", "http://127.evil.example",
    ])
    func `check 33: nobody is asked at an issuer's address that is not safe`(issuer: String) async {
        let asked = Asked()
        await #expect(throws: DiscoveryError.unsafeAddress("issuer", issuer)) {
            try await Self.discover(issuer, ["issuer": "\"\(issuer)\""], asked: asked)
        }
        #expect(asked.all == [])
    }

    @Test func `check 33: a redirect, an error, no JSON, doubled members and too much of it are refused`() async {
        let answers: [(HTTPResponse.Status, String, DiscoveryError)] = [
            (.found, "", .refused(status: 302, body: [])), (.internalServerError, "", .refused(status: 500, body: [])),
            (.ok, "<html>", .unreadable), (.ok, "{}", .unreadable),
            (.ok, #"{"issuer":"a","issuer":"https://login.example/t1"}"#, .unreadable),
            (.ok, String(repeating: " ", count: 10_000_000), .tooLong),
        ]
        for (status, body, error) in answers {
            await #expect(throws: error) {
                try await ProviderMetadata.discover(issuer: "https://login.example/t1") { _, _ in
                    (
                        HTTPResponse(status: status, headerFields: [.location: "http://169.254.169.254/"]),
                        Array(body.utf8)
                    )
                }
            }
        }
    }

    @Test func `what is announced decides about algorithms and about the client's proof`() async throws {
        let silent = try await Self.discover()
        #expect(silent.signingAlgorithms == [.rs256] && silent.clientAuthentication == .basic)
        let loud = try await Self.discover(
            "https://login.example/t1",
            [
                "id_token_signing_alg_values_supported": #"["none","HS256","ES256","PS256"]"#,
                "token_endpoint_auth_methods_supported": #"["private_key_jwt","client_secret_post"]"#,
                "end_session_endpoint": #""https://login.example/out""#,
            ])
        #expect(loud.signingAlgorithms == [.es256, .ps256] && loud.clientAuthentication == .post)
        #expect(loud.endSessionAddress(clientID: "c 1") == "https://login.example/out?client_id=c%201")
        let strange = try await Self.discover(
            "https://login.example/t1",
            [
                "token_endpoint_auth_methods_supported": #"["tls_client_auth"]"#,
                "end_session_endpoint": #""javascript:alert(1)""#,
            ])
        #expect(strange.clientAuthentication == nil && strange.endSessionAddress(clientID: "c") == nil)
    }

    @Test func `check 31: an answer that names another issuer, or none where one is promised, is not the provider's`()
        async throws
    {
        let silent = try await Self.discover()
        #expect(silent.mayHaveAnswered(as: nil) && silent.mayHaveAnswered(as: "https://login.example/t1"))
        #expect(!silent.mayHaveAnswered(as: "https://evil.example") && !silent.mayHaveAnswered(as: ""))
        let promising = try await Self.discover(
            "https://login.example/t1", ["authorization_response_iss_parameter_supported": "true"])
        #expect(!promising.mayHaveAnswered(as: nil) && promising.mayHaveAnswered(as: "https://login.example/t1"))
    }
}
