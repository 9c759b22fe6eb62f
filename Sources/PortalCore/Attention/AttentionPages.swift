import Foundation
import HTML

/// What was typed into the form of one item, and why it was not taken.
struct SnoozeForm: Sendable {
    var item: String
    var days: String
    var reason: String
    var problem: String?
}

func attentionPage(_ attention: Attention, typed: SnoozeForm?, _ visit: Visit) -> HTML {
    let csrf = visit.session.formToken
    return """
        \(attention.awake.isEmpty ? nothingToDo(attention) : each(attention.awake) { attentionItem($0, typed: typed, visit) })
        \(when(!attention.asleep.isEmpty, section("Snoozed", id: "snoozed", intro: "Put away for a while; nothing else has changed about it.", each(attention.asleep) { sleeper($0, $1, csrf: visit.may(.manageAttention) ? csrf : nil, now: visit.now) })))
        """
}

private func nothingToDo(_ attention: Attention) -> HTML {
    emptyState(
        title: "Nothing needs you",
        text: attention.asleep.isEmpty
            ? "Broken sign-ins, unlinked tenants, failed jobs and messages that did not arrive appear here."
            : "What was snoozed stands below, and comes back by itself.")
}

/// Cause, who acts, since when, and one button.
func attentionItem(_ item: AttentionItem, typed: SnoozeForm? = nil, isShort: Bool = false, _ visit: Visit) -> HTML {
    alert(
        item.tone, item.title,
        """
        <p>\(item.explanation)</p>
        <p class="quiet">Who acts: \(item.actor)\(when(item.since) { "; since \(timestamp($0, now: visit.now))" })</p>
        <div class="actions">\(when(item.button) { attentionButton($0, visit) })</div>
        \(when(!isShort && visit.may(.manageAttention), snoozeForm(item, typed, csrf: visit.session.formToken)))
        """)
}

private func attentionButton(_ button: AttentionItem.Button, _ visit: Visit) -> HTML {
    if let needs = button.needs, !visit.may(needs) { return "" }
    guard let permission = button.post else { return linkButton(button.title, path: button.path, style: .secondary) }
    guard visit.may(permission) else {
        return when(button.look) { linkButton("Look at it", path: $0, style: .secondary) }
    }
    return postButton(button.title, action: button.path, csrfToken: visit.session.formToken)
}

private func snoozeForm(_ item: AttentionItem, _ typed: SnoozeForm?, csrf: String) -> HTML {
    let mine = typed?.item == item.id ? typed : nil
    // Ids of fields are unique on the page, so that the summary leads to the right one.
    let content = form(
        FormPage(
            action: "/attention/snoozes", csrfToken: csrf,
            fields: [
                FormField(
                    name: "days", label: "For how long", value: mine?.days ?? "1",
                    kind: .choice(Snooze.days.map { (value: "\($0)", label: counted($0, "day")) })),
                FormField(
                    name: "reason", label: "Why", hint: "For whoever looks meanwhile.", value: mine?.reason ?? "",
                    problem: mine?.problem, maxLength: Snooze.longestReason),
            ].map { $0.with(idSuffix: item.id) }, submit: "Snooze", hidden: [(name: "item", value: item.id)],
            style: .secondary))
    return folded("Snooze", isOpen: mine != nil, content)
}

private func sleeper(_ item: AttentionItem, _ snooze: Snooze, csrf: String?, now: Date) -> HTML {
    alert(
        .idle, item.title,
        """
        <p>Until \(UTCTime(snooze.until).text), by \(name(snooze.by)): \(name(snooze.reason))</p>
        \(when(csrf) { postButton("Wake", action: "/attention/wakings", csrfToken: $0, hidden: [("item", item.id)]) })
        """)
}
