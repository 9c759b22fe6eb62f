/// One line of `gatehouse doctor`.
package struct Finding: Codable, Sendable {
    package enum Verdict: String, Codable, Sendable, CaseIterable {
        case ok, warning, problem
    }

    package let about: String
    package let verdict: Verdict
    package let text: String
    /// What to do; empty when all is well.
    package let next: String

    package static func ok(_ about: String, _ text: String) -> Finding {
        Finding(about: about, verdict: .ok, text: text, next: "")
    }

    package static func warning(_ about: String, _ text: String, _ next: String) -> Finding {
        Finding(about: about, verdict: .warning, text: text, next: next)
    }

    package static func problem(_ about: String, _ text: String, _ next: String) -> Finding {
        Finding(about: about, verdict: .problem, text: text, next: next)
    }

    package var line: String {
        let mark = verdict.rawValue + String(repeating: " ", count: 9 - verdict.rawValue.count)
        return "\(mark)\(about): \(text)\(next.isEmpty ? "" : "\(text.hasSuffix(".") ? "" : ".") \(next)")"
    }
}
