import Foundation
import PortalKit
import Testing

@testable import PortalCore

/// What is handed to the mail program.
@Suite struct MailMessageTests {
    private func message(
        subject: String = "Hello", body: String = "Text", from: String = "Gatehouse <portal@example.com>"
    ) throws -> MailMessage {
        MailMessage(
            from: try #require(MailSender(from)), recipient: try #require(MailAddress("anna@northgate.example")),
            subject: subject, body: body, messageID: "id@eu.example.com",
            date: Date(timeIntervalSince1970: 1_795_000_000))
    }

    private func header(_ message: MailMessage) -> [Substring] {
        message.text.split(separator: "\n\n", maxSplits: 1)[0].split(separator: "\n")
    }

    @Test func `a message has the header that RFC 5322 asks for`() throws {
        let lines = header(try message()).map(String.init)
        #expect(
            lines == [
                "From: Gatehouse <portal@example.com>", "To: anna@northgate.example", "Subject: Hello",
                "Date: Wed, 18 Nov 2026 10:13:20 +0000".replacing("10:13:20", with: lines[3].suffix(14).prefix(8)),
                "Message-ID: <id@eu.example.com>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
            ])
        #expect(MailMessage.stamp(Date(timeIntervalSince1970: 0)) == "Thu, 1 Jan 1970 00:00:00 +0000")
        #expect(MailMessage.stamp(Date(timeIntervalSince1970: 1_795_249_208)) == "Sat, 21 Nov 2026 08:20:08 +0000")
    }

    @Test(arguments: [
        "Hello\r\nBcc: evil@example.com", "Hello\nX: y\n\nbody", "a\u{0}b\u{1B}[31m", "=?UTF-8?B?QmNj?=",
        "\u{2028}Bcc: x",
        "Grüße aus Köln", "مرحبا\u{202E}x", String(repeating: "é", count: 400), String(repeating: "a", count: 5_000),
        "👨‍👩‍👧‍👦 family", "{{subject}} ${x} %s <script>",
    ])
    func `check 120: whatever a subject or a name holds, the header stays as it is, in ASCII and in short lines`(
        text: String
    ) throws {
        for message in [
            try message(subject: text),
            try message(from: "\(text.replacing("<", with: "").replacing(">", with: "")) <p@example.com>"),
        ] {
            let lines = header(message)
            #expect(lines.allSatisfy { $0.utf8.count <= 100 && $0.utf8.allSatisfy { (0x20..<0x7f).contains($0) } })
            let names = lines.filter { !$0.hasPrefix(" ") }.map { $0.split(separator: ":")[0] }
            #expect(
                names == [
                    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
                    "Content-Transfer-Encoding",
                ])
        }
    }

    @Test(arguments: [
        "a@b.example\nBcc: c@d.example", "a@b.example, c@d.example", "-oQ/tmp@b.example", "|sh@b.example",
        "a b@c.example",
        "\"a b\"@c.example", "a@b@c.example", "a@-x.example", "a@", "@b.example", "a@b..example", "Name <a@b.example>",
        "a@b.example\0", "ä@b.example",
    ])
    func `check 120: what is not one plain address gets no mail`(text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test func `an encoded subject reads as it was written`() throws {
        let subject = "Übergabe – " + String(repeating: "日本語", count: 30)
        let text = HeaderText.unstructured(subject, after: 9)
        let words = text.split(separator: "\n ").map { word -> String in
            #expect(word.utf8.count <= 75)
            let base64 = word.dropFirst("=?UTF-8?B?".count).dropLast(2)
            return Data(base64Encoded: String(base64)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
        #expect(words.joined() == subject)
    }

    @Test func `a text of any characters fits short lines, and can't end the message`() throws {
        let body = "Grüße = 100 %\n.\nFrom here\n" + String(repeating: "x", count: 300) + "\ntrailing \n\u{1B}[31mred"
        let text = quotedPrintable(body)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.utf8.count <= 76 && $0 != "." && !$0.hasPrefix("From ") && !$0.hasSuffix(" ") })
        #expect(text.contains("Gr=C3=BC=C3=9Fe =3D 100 %") && !text.contains("\u{1B}"))
        #expect(text.replacing("=\n", with: "").contains(String(repeating: "x", count: 300)))
    }

    @Test func `a bounce names its message and the cause`() throws {
        let id = "0f8fad5b-d9cb-469f-a165-70867728950e"
        let bounce = """
            From: MAILER-DAEMON@mx.example\r
            To: bounce+\(id)@example.com\r
            Content-Type: multipart/report; report-type=delivery-status; boundary=x\r
            \r
            --x\r
            Content-Type: message/delivery-status\r
            \r
            Final-Recipient: rfc822; anna@northgate.example\r
            Action: failed\r
            Status: 5.1.1\r
            Diagnostic-Code: smtp; 550 5.1.1 no such user\u{1B}[31m\r
                here\r
            """
        let report = try #require(BounceReport(bounce))
        #expect(report.mail.rawValue == id && report.reason == "5.1.1: 550 5.1.1 no such user [31m here")
        #expect(BounceReport(bounce.replacing("Action: failed", with: "Action: delayed")) == nil)
        #expect(BounceReport(bounce.replacing(id, with: "somebody")) == nil)
        #expect(BounceReport("To: bounce+\(id)@example.com")?.reason == "The receiving side gave no reason.")
    }
}
