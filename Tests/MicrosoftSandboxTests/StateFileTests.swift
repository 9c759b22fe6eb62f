import Foundation
import MicrosoftSandbox
import Testing

@Suite struct StateFileTests {
    @Test func `a file of an earlier version keeps what it has, and the rest is as on the first day`() async throws {
        try await withFile { file in
            let refresh = try await connected(file)
            try edit(file) { state in
                for part in ["commerce", "directories", "partnerships", "azure"] { state[part] = nil }
                state["refusesMissingMFA"] = nil
                try Self.edit(&state, "identity") { $0["principalDelay"] = nil }
                try Self.edit(&state, "worldChanges") { $0["created"] = nil }
            }
            let later = try await PracticeClient(stateFile: file)
            #expect(await later.refresh(refresh).status == 200)
            #expect(await later.control("accounts/admin@acmecloud.example", #"{"event":"enabled"}"#).status == 200)
            #expect(await later.control("relationships", #"{"customer":"northgate.example"}"#).status == 200)
            #expect(
                await later.get("/control/world").text.contains("Renamed Bakery"), "what was changed stays changed")
        }
    }

    @Test func `what can't be read is named, and nothing is lost`() async throws {
        try await withFile { file in
            _ = try await connected(file)
            try edit(file) { state in
                try Self.edit(&state, "directories") { $0["guests"] = [["id": "x"]] }
            }
            let before = try Data(contentsOf: URL(fileURLWithPath: file))
            let error = await #expect(throws: SandboxError.self) { try await PracticeClient(stateFile: file) }
            let words = try #require(error).description
            #expect(words.contains("directories.guests.[0]"), "\(words)")
            #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
        }
    }

    @Test(arguments: ["sealingKey", "signingKeys"])
    func `without its keys a file is not taken for one of an earlier version`(key: String) async throws {
        try await withFile { file in
            _ = try await connected(file)
            try edit(file) { $0[key] = nil }
            let error = await #expect(throws: SandboxError.self) { try await PracticeClient(stateFile: file) }
            #expect(try #require(error).description.contains("\(key) is missing"))
        }
    }

    /// A refresh token of a sandbox that has written its file, with a renamed customer.
    private func connected(_ file: String) async throws -> String {
        let client = try await PracticeClient(stateFile: file)
        let tokens = await client.redeem(try await client.code()).json
        try client.sandbox.change(customer: "cccccccc-0000-4000-8000-000000000001", name: "Renamed Bakery")
        return tokens["refresh_token"] as? String ?? ""
    }

    private func withFile(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sandbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.appending(path: "state.json").path)
    }

    private func edit(_ file: String, _ change: (inout [String: Any]) throws -> Void) throws {
        let address = URL(fileURLWithPath: file)
        var state = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: address)) as? [String: Any])
        try change(&state)
        try JSONSerialization.data(withJSONObject: state).write(to: address)
    }

    private static func edit(
        _ state: inout [String: Any], _ part: String, _ change: (inout [String: Any]) -> Void
    ) throws {
        var members = try #require(state[part] as? [String: Any])
        change(&members)
        state[part] = members
    }
}
