import Foundation
import HTML
import PortalKit

/// A message as it is being written.
struct MessageForm: Sendable {
    let approval: StoredApproval
    var language: Language
    var message: AskWords.Message
    var recipient = ""
    var keepsTemplate = false
    /// `nil` for a preview.
    var way: ApprovalMessage.Way?
    var isPreview = false
    var problems: [String: String] = [:]

    init(_ approval: StoredApproval, _ language: Language, _ message: AskWords.Message) {
        self.approval = approval
        self.language = language
        self.message = message
    }

    init(_ typed: [String: String], _ approval: StoredApproval) {
        self.approval = approval
        language = Language(rawValue: typed["language"] ?? "") ?? .english
        message = AskWords.Message(
            subject: (typed["subject"] ?? "").plainLine, body: (typed["body"] ?? "").replacing("\r\n", with: "\n"))
        recipient = (typed["recipient"] ?? "").trimmingCharacters(in: .whitespaces)
        keepsTemplate = typed["keep"] != nil
        way = typed["way"].flatMap(ApprovalMessage.Way.init)
        if way == .forwarded { way = nil }
        if message.subject.isEmpty { problems["subject"] = "Enter a subject." }
        if !message.body.contains(AskWords.Message.linkMark) {
            problems["body"] = "Write {link} where the link goes; without it the customer can't approve."
        }
        if message.subject.count > ApprovalRoutes.longestSubject || message.body.count > ApprovalRoutes.longestBody {
            problems["body"] = "Shorten it: at most \(ApprovalRoutes.longestBody) characters."
        }
        guard !recipient.isEmpty || way == .mailed else { return }
        if MailAddress(recipient) == nil {
            problems["recipient"] = "Enter one whole e-mail address, for example anna@example.com."
        }
    }

    var title: String {
        approval.ask.audience == .customer ? "Request customer approval" : "Message for the guest"
    }
}

func messagePage(_ form: MessageForm, sendsMail: Bool, csrf: String) -> HTML {
    let path = "/approvals/\(form.approval.id)/messages"
    return """
        \(languageChoice(form, path))
        \(when(form.isPreview, section("Preview", messagePreview(form.message))))
        \(when(!form.problems.isEmpty, errorSummary(form.problems.sorted { $0.key < $1.key }.map { (field: $0.key, text: $0.value) })))
        <form class="form" method="post" action="\(url: path)" novalidate>
        \(hiddenInputs(csrf, [(name: "tenant", value: form.approval.tenantID.rawValue), (name: "language", value: form.language.rawValue)]))
        \(each(messageFields(form, sendsMail: sendsMail)) { formField($0) })
        <div class="actions">\(wayButton("Copy message to clipboard…", .copied, .primary))\
        \(when(sendsMail, wayButton("Send by mail", .mailed, .secondary)))\
        <button class="button secondary" type="submit" name="way" value="preview">Preview</button>\
        <a class="cancel" href="\(url: "/tenants/\(form.approval.tenantID)/setup")">Cancel</a></div>
        </form>
        """
}

private func wayButton(_ title: String, _ way: ApprovalMessage.Way, _ style: ButtonStyle) -> HTML {
    #"<button class="button \#(style.rawValue)" type="submit" name="way" value="\#(way.rawValue)">\#(title)</button>"#
}

private func languageChoice(_ form: MessageForm, _ path: String) -> HTML {
    """
    <nav aria-label="Language of the message"><ul class="languages">\(each(Language.allCases) { language in
        language == form.language
            ? #"<li><span aria-current="true">\#(language.name)</span></li>"#
            : #"<li><a href="\#(url: "\(path)/new?language=\(language.rawValue)")">\#(language.name)</a></li>"#
    })</ul></nav>

    """
}

private func messageFields(_ form: MessageForm, sendsMail: Bool) -> [FormField] {
    [
        FormField(
            name: "recipient", label: "E-mail address",
            hint: sendsMail
                ? "Of whoever can approve. Needed to send it by mail; otherwise only for your own records."
                : "For your own records: this portal sends no mail.",
            value: form.recipient, kind: .email, autocomplete: "off", problem: form.problems["recipient"],
            isRequired: false),
        FormField(
            name: "subject", label: "Subject", value: form.message.subject, problem: form.problems["subject"],
            maxLength: ApprovalRoutes.longestSubject),
        FormField(
            name: "body", label: "Message",
            hint: "{link} becomes the link. It works for 30 days, and you see when it was opened.",
            value: form.message.body, kind: .multiline, problem: form.problems["body"],
            maxLength: ApprovalRoutes.longestBody, rows: 16),
        FormField(
            name: "keep", label: "Keep this as our text in \(form.language.name)",
            value: form.keepsTemplate ? "on" : "", kind: .checkbox, isRequired: false),
    ]
}

func messagePreview(_ message: AskWords.Message) -> HTML {
    panel(
        """
        <p><strong>\(message.subject)</strong></p>
        <p class="message">\(message.body)</p>
        """)
}

/// What was just made: to be copied now, since the link is kept nowhere.
func freshMessageBox(_ fresh: FreshMessage, sendsMail: Bool) -> HTML {
    let title =
        fresh.way == .mailed ? "The message is on its way to \(fresh.recipient ?? "")" : "The message, with its link"
    return section(
        title,
        intro:
            "The link works for 30 days and is shown here for a quarter of an hour; later, make a new one. Earlier links go on working.",
        """
        \(messagePreview(AskWords.Message(subject: fresh.subject, body: fresh.text)))
        <div class="actions">\(when(fresh.way == .copied, copyAction("Copy message to clipboard", fresh.text)))\
        <a class="button secondary" href="\(url: fresh.draft)">Open as a mail draft</a></div>
        <p>The link alone: \(copyable(fresh.address, label: "link"))</p>
        """)
}
