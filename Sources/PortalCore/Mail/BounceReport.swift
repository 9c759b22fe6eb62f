import Foundation
import PortalKit

/// What a delivery status notification says (RFC 3464): which of our messages did not arrive, and why.
struct BounceReport: Sendable, Equatable {
    let mail: Key<Mail>
    /// In one line, at most 300 characters.
    let reason: String

    /// Larger ones carry the whole message back; what counts is at the beginning.
    private static let longest = 256 * 1_024

    /// `nil` for a message that names none of ours, or that tells of a delay or of a success.
    init?(_ message: String) {
        let text = String(message.prefix(Self.longest)).replacing("\r\n", with: "\n")
        guard let id = text.firstMatch(of: /bounce\+([0-9a-f-]{36})@/.ignoresCase())?.output.1 else { return nil }
        let fields = Self.fields(text)
        let action = fields["action"]?.lowercased() ?? "failed"
        guard action.hasPrefix("failed") else { return nil }
        let said = [fields["status"], fields["diagnostic-code"].map(Self.withoutType)].compactMap(\.self)
        mail = Key(id.lowercased())
        let reason = said.joined(separator: ": ").plainLine
        self.reason = reason.isEmpty ? "The receiving side gave no reason." : String(reason.prefix(300))
    }

    /// The first of each of the fields that count, wherever they are, unfolded.
    private static func fields(_ text: String) -> [String: String] {
        var found: [String: String] = [:]
        var last: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(" ") || line.hasPrefix("\t") {
                if let last { found[last]?.append(" " + line.drop { $0 == " " || $0 == "\t" }) }
                continue
            }
            last = nil
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = line[..<colon].lowercased()
            guard ["action", "status", "diagnostic-code"].contains(name), found[name] == nil else { continue }
            found[name] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            last = name
        }
        return found
    }

    /// `smtp; 550 no such user` without what says who speaks.
    private static func withoutType(_ text: String) -> String {
        guard let semicolon = text.firstIndex(of: ";") else { return text }
        return text[text.index(after: semicolon)...].trimmingCharacters(in: .whitespaces)
    }
}

/// What became of a message that a mail system sent back.
package enum BounceOutcome: Sendable, Equatable {
    case recorded(recipient: String)
    /// It tells of no failure, or of none of this portal's messages.
    case notOurs
}

extension Portal {
    /// Records a delivery status notification as the mail system delivers it to `bounce+…`.
    package func recordBounce(message: String) throws -> BounceOutcome {
        guard let report = BounceReport(message) else { return .notOurs }
        return try recordBounce(of: report.mail.rawValue, reason: report.reason)
    }

    package func recordBounce(of id: String, reason: String) throws -> BounceOutcome {
        let now = now
        return try database.write { db in
            guard let mail = try db.mail(Key(id)), mail.state == .sent || mail.state == .bounced else {
                return .notOurs
            }
            let reason = String(reason.plainLine.prefix(300))
            try db.move(
                mail, to: .bounced, reason: reason, line: mail.audit("mail.bounce", by: "portal", ["reason": reason]),
                at: now)
            return .recorded(recipient: mail.recipient)
        }
    }
}
