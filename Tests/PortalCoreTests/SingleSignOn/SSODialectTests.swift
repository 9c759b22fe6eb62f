import HTTPTypes
import TestPortal
import Testing

@testable import PortalCore

/// A whole life with providers that each have ways of their own. Those that we did not write are in the journeys.
@Suite struct SSODialectTests {
    /// A directory in the cloud: the issuer has a path, the secret goes in the form, keys of other kinds lie beside its own, and
    /// it never says when it asked the person.
    private static let directory = FakeProvider.Dialect(
        issuer: "https://login.acme.example/7f3c/v2.0",
        otherKeys: [
            #"{"kty":"OKP","crv":"Ed25519","kid":"o1","x":"AAAA"}"#,
            #"{"kty":"RSA","use":"enc","kid":"k1","n":"AQAB","e":"AQAB"}"#,
            #"{"kty":"EC","crv":"P-521","kid":"k9","x":"AA","y":"AA"}"#,
        ],
        wantsSecretInForm: true,
        claims: ["ver": #""2.0""#, "tid": #""7f3c""#, "name": "null"],
        metadata: [
            "token_endpoint_auth_methods_supported": #"["private_key_jwt","client_secret_post"]"#,
            "id_token_signing_alg_values_supported": #"["RS256","HS256"]"#, "cloud_instance_name": "null",
        ])

    /// A server that a company runs for itself: elliptic keys, an audience in a list, and it says in the answer whose that is.
    private static let ownServer = FakeProvider.Dialect(
        issuer: "https://login.acme.example/realms/staff/", isElliptic: true,
        otherKeys: [#"{"kty":"RSA","use":"sig","alg":"RS512","kid":"old","n":"AQAB","e":"AQAB"}"#], tellsIssuer: true,
        claims: ["aud": #"["portal"]"#, "azp": #""portal""#, "typ": #""ID""#, "acr": #""1""#],
        metadata: [
            "id_token_signing_alg_values_supported": #"["ES256","EdDSA"]"#,
            "authorization_response_iss_parameter_supported": "true",
            "token_endpoint_auth_methods_supported": #"["client_secret_basic","client_secret_post"]"#,
        ])

    /// A small one: one key without a name, truth as a text, and times that are none.
    private static let small = FakeProvider.Dialect(
        issuer: "https://small.acme.example", namesKeys: false,
        claims: ["email_verified": #""true""#, "auth_time": "0", "email": #""Owner@ACME.example""#, "amr": "[]"],
        metadata: ["end_session_endpoint": "null"])

    @Test(arguments: [("directory", directory), ("own server", ownServer), ("small", small)])
    func `check 28: sign-in, sign-out, a step-up and a change of keys work with three providers that differ`(
        name: String, dialect: FakeProvider.Dialect
    ) async throws {
        let world = try await SSOWorld.enabled(dialect)
        var olivia = FakeProvider.olivia
        if name == "directory" { olivia.askedBefore = nil }
        let first = try await world.signedIn(olivia, next: "/organizations")
        #expect(try await first.get("/").words.contains("Olivia Owner"))
        let out = try await first.follow(first.post("/sign-out"))
        #expect(out.words.contains("Your session here has ended"))
        #expect(out.words.contains("Sign out at") == (name != "small"), "only who has a page for it")
        #expect(try await first.get("/").location?.hasPrefix("/sign-in") == true)

        // Keys change unannounced; nobody notices.
        world.portal.clock.advance(by: 61)
        world.provider.changeKey()
        let owner = try await world.signedIn(olivia)
        #expect(try world.audit("sso.link", "done").count == 1, "the same account is the same person")
        _ = try await owner.get("/security")
        #expect(
            try await owner.post("/security/sso-required", ["to": "on"]).location == "/security?done=sso-required")

        // A proof is asked for after a while, at the provider.
        world.portal.clock.advance(by: 11 * 60)
        _ = try await owner.get("/security")
        let asked = try await owner.follow(owner.post("/security/sso-required", ["to": "off"]))
        let held = String(try #require(asked.text.firstMatch(of: /name="form" value="([^"]*)"/)).output.1)
        let target = try await SSOWorld.target(owner.follow(owner.post("/confirm/sso", ["form": held])))
        #expect(try await owner.open(world.provider.signIn(olivia, at: target)).words.contains("Send it"))
        _ = try await owner.post("/security/sso-required", ["held": held])
        #expect(try !world.isRequired)

        // Who is in stays in, whatever becomes of the provider; nobody else gets in by it.
        let (late, address) = try await world.departure()
        let back = try world.provider.signIn(olivia, at: address)
        world.provider.fail(.down)
        #expect(try await owner.get("/organizations").status == .ok)
        #expect(try await late.open(back).status == .badGateway)
    }

    @Test func `check 28, 36: a key without a name is no way in for tokens that another has signed`() async throws {
        let world = try await SSOWorld.enabled(Self.small)
        _ = try await world.signedIn()
        let (client, address) = try await world.departure()
        let back = try world.provider.signIn(FakeProvider.olivia, at: address)
        world.provider.fail(.forged)
        let keys = world.provider.asked.count { $0.hasSuffix("/keys") }
        #expect(try await client.open(back).status != .ok)
        #expect(world.provider.asked.count { $0.hasSuffix("/keys") } == keys + 1, "the keys were read anew")
        let (again, secondAddress) = try await world.departure()
        _ = try await again.open(world.provider.signIn(FakeProvider.olivia, at: secondAddress))
        #expect(world.provider.asked.count { $0.hasSuffix("/keys") } == keys + 1, "and not for each such token")
        #expect(try await again.get("/").location?.hasPrefix("/sign-in") == true)
    }
}
