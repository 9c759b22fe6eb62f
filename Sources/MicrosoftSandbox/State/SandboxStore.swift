import Crypto
import Foundation
import Synchronization

/// The one copy of the state, written to its file (mode 0600, replaced whole) at each change when there is one.
final class SandboxStore: Sendable {
    private let state: Mutex<SandboxState>
    private let file: String?

    init(file: String?) throws {
        self.file = file
        if let file, FileManager.default.fileExists(atPath: file) {
            do {
                let data = try Data(contentsOf: URL(fileURLWithPath: file))
                state = Mutex(try StateFile.state(from: data))
            } catch {
                throw SandboxError.unreadableState(file: file, reason: "\(error)")
            }
        } else {
            let sealingKey = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
            let signingKeys = try file == nil ? SigningKeys.ofThisProcess.get() : SigningKeys.generate()
            state = Mutex(SandboxState(sealingKey: sealingKey, signingKeys: signingKeys))
            try update { _ in }
        }
    }

    func read<Value: Sendable>(_ body: (SandboxState) -> Value) -> Value {
        state.withLock { body($0) }
    }

    /// The change is kept only when it could be written.
    func update<Value: Sendable>(_ body: (inout SandboxState) throws -> Value) throws -> Value {
        try state.withLock { state in
            var changed = state
            let value = try body(&changed)
            try write(changed)
            state = changed
            return value
        }
    }

    private func write(_ state: SandboxState) throws {
        guard let file else { return }
        let temporary = "\(file).new"
        let data = try JSONEncoder().encode(state)
        guard FileManager.default.createFile(atPath: temporary, contents: data, attributes: [.posixPermissions: 0o600])
        else { throw SandboxError.unwritableState(file: file, reason: "\(temporary) can't be created") }
        guard rename(temporary, file) == 0 else {
            throw SandboxError.unwritableState(file: file, reason: String(cString: strerror(errno)))
        }
    }
}
