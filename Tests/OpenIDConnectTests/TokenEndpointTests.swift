import Foundation
import HTTPTypes
import OpenIDConnect
import Synchronization
import Testing

@Suite struct TokenEndpointTests {
    @Test func `an application asks for a token of its own`() async throws {
        let form = Mutex("")
        let endpoint = TokenEndpoint(
            address: "https://login.example/c1/oauth2/v2.0/token", clientID: "a1", clientSecret: "s&1")
        let answer = try await endpoint.clientCredentials(scope: "https://graph.microsoft.com/.default") {
            request, body in
            #expect(request.method == .post && request.path == "/c1/oauth2/v2.0/token")
            form.withLock { $0 = String(decoding: body, as: UTF8.self) }
            return (
                HTTPResponse(status: .ok),
                Array(#"{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"t"}"#.utf8)
            )
        }
        #expect(
            form.withLock { $0 }
                == "client_id=a1&client_secret=s%261&grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
        )
        #expect(answer.accessToken == "t" && answer.refreshToken == nil && answer.lifetime == .seconds(3_599))
    }

    @Test func `a refused application gets the provider's error`() async throws {
        let endpoint = TokenEndpoint(address: "https://login.example/token", clientID: "a1", clientSecret: "s")
        await #expect {
            try await endpoint.clientCredentials(scope: "s") { _, _ in
                (HTTPResponse(status: .unauthorized), Array(#"{"error":"invalid_client"}"#.utf8))
            }
        } throws: { ($0 as? OAuthError)?.error == "invalid_client" }
    }

    @Test func `a provider that wants the secret in the head gets it there, and not in the form`() async throws {
        let sent = Mutex(("", ""))
        let endpoint = TokenEndpoint(
            address: "https://login.example/token", clientID: "a:1", clientSecret: "s&1 ä", authentication: .basic)
        _ = try await endpoint.refresh("r", scope: "openid") { request, body in
            sent.withLock { $0 = (request.headerFields[.authorization] ?? "", String(decoding: body, as: UTF8.self)) }
            return (HTTPResponse(status: .ok), Array(#"{"access_token":"t"}"#.utf8))
        }
        #expect(sent.withLock { $0.0 } == "Basic \(Data("a%3A1:s%261%20%C3%A4".utf8).base64EncodedString())")
        #expect(sent.withLock { $0.1 } == "grant_type=refresh_token&refresh_token=r&scope=openid")
    }

    @Test func `a secret is sent to no address without https`() async {
        let endpoint = TokenEndpoint(address: "http://login.example/token", clientID: "a", clientSecret: "s")
        await #expect(throws: DiscoveryError.self) {
            try await endpoint.refresh("r", scope: "openid") { _, _ in (HTTPResponse(status: .ok), []) }
        }
    }
}
