import Foundation

/// A message as a mail program takes it: RFC 5322, its header in ASCII (RFC 2047), its text as quoted-printable UTF-8.
///
/// Whatever names and subjects hold, they stay in their line: control characters are taken out, and what is not plain
/// ASCII is encoded.
struct MailMessage: Sendable {
    var from: MailSender
    var recipient: MailAddress
    var subject: String
    /// Plain text, lines ended by LF.
    var body: String
    /// Without the angle brackets.
    var messageID: String
    var date: Date

    /// Lines are ended by LF, as programs on the machine itself expect it.
    var text: String {
        let sender = from.name.map { "\(HeaderText.phrase($0)) <\(from.address)>" } ?? "\(from.address)"
        return """
            From: \(sender)
            To: \(recipient)
            Subject: \(HeaderText.unstructured(subject, after: "Subject: ".count))
            Date: \(MailMessage.stamp(date))
            Message-ID: <\(messageID)>
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            \(quotedPrintable(body))

            """
    }

    /// RFC 5322 §3.3: `Sat, 21 Nov 2026 10:04:05 +0000`.
    static func stamp(_ date: Date) -> String {
        let time = UTCTime(date)
        let days = Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((days % 7) + 7) % 7]
        let second = time.second < 10 ? "0\(time.second)" : "\(time.second)"
        return "\(weekday), \(time.text.split(separator: ",")[0]) \(time.clock):\(second) +0000"
    }
}

/// Texts in the header of a message.
enum HeaderText {
    private static let longestLine = 76
    /// 45 bytes are 60 characters of base64, and with its marks a word of 72: at most 75 are allowed.
    private static let bytesOfWord = 45

    /// For a subject.
    static func unstructured(_ text: String, after column: Int) -> String {
        let line = text.plainLine
        let isPlain = line.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } && !line.contains("=?")
        return isPlain && line.utf8.count + column <= longestLine ? line : encodedWords(line)
    }

    /// For a name before an address.
    static func phrase(_ text: String) -> String {
        let line = text.plainLine
        let isPlain = line.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x20
        }
        return isPlain && line.utf8.count <= 60 ? line : encodedWords(line)
    }

    private static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var word: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if word.count + bytes.count > bytesOfWord {
                words.append(encoded(word))
                word = []
            }
            word += bytes
        }
        words.append(encoded(word))
        return words.joined(separator: "\n ")
    }

    private static func encoded(_ bytes: [UInt8]) -> String { "=?UTF-8?B?\(Data(bytes).base64EncodedString())?=" }
}

/// RFC 2045 §6.7, lines of at most 76 characters. Control characters but tab are left out.
func quotedPrintable(_ text: String) -> String {
    text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).map { line in
        let bytes = line.unicodeScalars.filter { $0 == "\t" || $0.properties.generalCategory != .control }.flatMap {
            Array(String($0).utf8)
        }
        var lines: [String] = []
        var current = ""
        for (index, byte) in bytes.enumerated() {
            let isLast = index == bytes.count - 1
            // A dot alone would end the message for some programs, and "From " begins one in a mailbox file.
            let isRisky = index == 0 && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "F"))
            let isPlain = (0x21...0x7e).contains(byte) && byte != UInt8(ascii: "=") && !isRisky
            let isSpace = (byte == 0x20 || byte == 0x09) && !isLast
            let next = isPlain || isSpace ? String(UnicodeScalar(byte)) : hex(byte)
            if current.utf8.count + next.utf8.count > 75 {
                lines.append(current + "=")
                current = ""
            }
            current += next
        }
        return (lines + [current]).joined(separator: "\n")
    }.joined(separator: "\n")
}

private func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "=\(digits.count == 1 ? "0" : "")\(digits)"
}
