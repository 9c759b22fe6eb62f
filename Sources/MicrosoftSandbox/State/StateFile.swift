import Foundation

/// Reads what a sandbox of this version or an earlier one wrote. What an earlier one did not know takes its value of the
/// first day; what is there and can't be read is an error, never left out.
enum StateFile {
    /// Where a file can't be read, and why.
    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    static func state(from data: Data) throws(Unreadable) -> SandboxState {
        do {
            return try JSONDecoder().decode(SandboxState.self, from: data)
        } catch DecodingError.keyNotFound {
            return try completed(data)
        } catch {
            throw unreadable(error)
        }
    }

    private static func completed(_ data: Data) throws(Unreadable) -> SandboxState {
        do {
            let kept = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
            let keys = try JSONDecoder().decode(Keys.self, from: data)
            let first = SandboxState(sealingKey: keys.sealingKey, signingKeys: keys.signingKeys)
            let members = try JSONSerialization.jsonObject(with: JSONEncoder().encode(first)) as? [String: Any] ?? [:]
            let whole = try JSONSerialization.data(withJSONObject: completing(kept, from: members))
            return try JSONDecoder().decode(SandboxState.self, from: whole)
        } catch {
            throw unreadable(error)
        }
    }

    /// Without these nothing that was sealed or signed would count.
    private struct Keys: Decodable {
        let sealingKey: Data
        let signingKeys: [String]
    }

    /// `kept` with the members that only `first` has, at each depth.
    private static func completing(_ kept: [String: Any], from first: [String: Any]) -> [String: Any] {
        kept.merging(first) { kept, first in
            guard let kept = kept as? [String: Any], let first = first as? [String: Any] else { return kept }
            return completing(kept, from: first)
        }
    }

    private static func unreadable(_ error: any Error) -> Unreadable {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            Unreadable(description: "\(place(context.codingPath + [key])) is missing")
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            Unreadable(description: "\(place(context.codingPath)): \(context.debugDescription)")
        default: Unreadable(description: "\(error)")
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        path.isEmpty ? "the file" : path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }
}
