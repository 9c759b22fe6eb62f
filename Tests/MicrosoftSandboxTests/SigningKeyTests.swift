import Foundation
import MicrosoftSandbox
import Testing

@Suite struct SigningKeyTests {
    private func keys(_ client: PracticeClient, tenant: String = PracticeClient.acme) async -> [[String: Any]] {
        await client.get("/entra/\(tenant)/discovery/v2.0/keys").json["keys"] as? [[String: Any]] ?? []
    }

    @Test func `two keys are published with certificates, and tokens are signed with one of them`() async throws {
        let client = try await PracticeClient()
        let reply = await client.get("/entra/\(PracticeClient.acme)/discovery/v2.0/keys")
        #expect(reply.header("Cache-Control") == "max-age=86400, private")
        let keys = await keys(client)
        #expect(keys.count == 2)
        let header = PracticeClient.header(try await client.accessToken())
        #expect(header["alg"] as? String == "RS256")
        #expect(keys.contains { $0["kid"] as? String == header["kid"] as? String })
        for key in keys {
            #expect(key["x5t"] as? String == key["kid"] as? String)
            #expect(key["issuer"] as? String == "http://127.0.0.1:8090/entra/\(PracticeClient.acme)/v2.0")
            let certificate = Data(base64Encoded: (key["x5c"] as? [String])?.first ?? "") ?? Data()
            #expect(certificate.prefix(2) == Data([0x30, 0x82]))
            #expect(certificate.count == 4 + Int(certificate[2]) << 8 + Int(certificate[3]))
        }
        let shared = await self.keys(client, tenant: "common")
        #expect(shared.first?["issuer"] as? String == "http://127.0.0.1:8090/entra/{tenantid}/v2.0")
    }

    @Test func `after a rotation a new key signs and the old tokens still count, three keys in all`() async throws {
        let client = try await PracticeClient()
        let old = try await client.accessToken()
        let before = await keys(client).compactMap { $0["kid"] as? String }
        #expect(await client.control("keys", "{}").status == 200)
        let new = try await client.accessToken()
        #expect(!before.contains(PracticeClient.header(new)["kid"] as? String ?? ""))
        #expect(await client.partnerCenter("customers", old).status == 200)
        try await client.sandbox.rotateKeys()
        let after = await keys(client).compactMap { $0["kid"] as? String }
        #expect(after.count == 3)
        #expect(after.contains(PracticeClient.header(old)["kid"] as? String ?? ""))
        #expect(await client.partnerCenter("customers", new).status == 200)
    }

    @Test func `in an emergency the old tokens are worth nothing at once`() async throws {
        let client = try await PracticeClient()
        let old = try await client.accessToken()
        let reply = await client.post("/control/keys", ["emergency": "true"])
        #expect(reply.status == 303)
        #expect(await client.partnerCenter("customers", old).status == 401)
        #expect(await client.partnerCenter("customers", try await client.accessToken()).status == 200)
        #expect(await keys(client).count == 2)
    }

    @Test func `a rotated key outlives a restart`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "state.json").path
        let first = try await PracticeClient(stateFile: file)
        try await first.sandbox.rotateKeys()
        let token = try await first.accessToken()
        let second = try await PracticeClient(stateFile: file)
        #expect(await second.partnerCenter("customers", token).status == 200)
        #expect(
            await keys(second).map { $0["kid"] as? String } == (await keys(first)).map { $0["kid"] as? String })
    }
}
