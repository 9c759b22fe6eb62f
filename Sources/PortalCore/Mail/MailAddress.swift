/// One address that mail can go to or come from: nothing in it that a mail program could take for an option, a second
/// recipient or a command.
struct MailAddress: Sendable, Hashable, CustomStringConvertible {
    let local: String
    let domain: String

    private static let localSigns = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-='~&#")
    private static let domainSigns = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")

    /// `nil` for what is not one plain address of ASCII characters.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2, let local = parts.first, let domain = parts.last,
            !local.isEmpty, local.utf8.count <= 64, !local.hasPrefix("-"), !local.hasPrefix("."), !local.hasSuffix("."),
            local.allSatisfy(Self.localSigns.contains), domain.allSatisfy(Self.domainSigns.contains),
            domain.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({
                !$0.isEmpty && !$0.hasPrefix("-")
            })
        else { return nil }
        self.local = String(local)
        self.domain = String(domain)
    }

    var description: String { "\(local)@\(domain)" }
}

/// From whom the portal's mail is: `portal@example.com`, or `Gatehouse <portal@example.com>`.
struct MailSender: Sendable {
    var name: String?
    var address: MailAddress

    init?(_ text: String) {
        if let open = text.lastIndex(of: "<"), text.hasSuffix(">") {
            guard let address = MailAddress(text[text.index(after: open)...].dropLast()) else { return nil }
            let name = String(text[..<open]).trimmingQuotes.plainLine
            self.name = name.isEmpty ? nil : name
            self.address = address
        } else {
            guard let address = MailAddress(text) else { return nil }
            self.address = address
        }
    }

    /// Where bounces of one message go, so that they name it.
    func envelope(of mail: String) -> String { "bounce+\(mail)@\(address.domain)" }
}

extension String {
    fileprivate var trimmingQuotes: String {
        var text = self[...]
        while let first = text.first, first == " " || first == "\"" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\"" { text.removeLast() }
        return String(text)
    }
}
