import Foundation
import HTML
import PortalKit

func auditFilters(_ filter: AuditFilter) -> HTML {
    filters(
        path: "/audit", search: (label: "Search", value: filter.text),
        choices: [
            FilterChoice(
                name: "action", label: "What",
                options: [(value: "", label: "Anything")] + AuditWords.choices, value: filter.action),
            FilterChoice(
                name: "outcome", label: "Outcome",
                options: [
                    (value: "", label: "Any"), (value: "done", label: "Done"), (value: "refused", label: "Refused"),
                ], value: filter.outcome?.rawValue ?? ""),
        ],
        inputs: [
            FilterInput(name: "actor", label: "Who", value: filter.actor),
            FilterInput(name: "from", label: "From (UTC)", value: filter.from, kind: .date),
            FilterInput(name: "to", label: "To (UTC)", value: filter.to, kind: .date),
        ],
        hidden: filter.object.isEmpty ? [] : [(name: "object", value: filter.object)],
        clearPath: filter.fields.isEmpty ? nil : "/audit")
}

func auditTable(_ lines: [StoredAuditLine], _ names: AuditNames, _ visit: Visit) -> HTML {
    table(
        caption: "Audit lines",
        columns: [
            Column(title: "When"), Column(title: "Who"), Column(title: "What"), Column(title: "About"),
            Column(title: "Outcome"),
        ],
        rows: lines.map { stored in
            let line = stored.line
            return [
                #"<a href="\#(url: "/audit/\(stored.id)")">\#(timestamp(stored.at, now: visit.now))</a>"#,
                name(line.actorName), twoLines("\(AuditWords.title(line.action, line.outcome))", code(line.action)),
                twoLines(line.words, auditObject(line, names, visit)), outcomeBadge(line.outcome),
            ]
        })
}

func auditLinePage(_ stored: StoredAuditLine, brokerName: String?, _ names: AuditNames, _ visit: Visit) -> HTML {
    let line = stored.line
    let facts: [(String, HTML)] = [
        ("What", "\(AuditWords.title(line.action, line.outcome)) \(code(line.action))"),
        ("Outcome", outcomeBadge(line.outcome)),
        ("Who", name(line.actorName)), ("When", "\(UTCTime(stored.at).exact)"),
        ("About", "\(auditObject(line, names, visit))\(when(names[line.object] != nil, " \(code(line.object))"))"),
        ("Broker", name(brokerName ?? "none: the portal itself")),
        ("From where", line.address.map(code) ?? "by the portal itself, or from the command line"),
        ("Request", line.requestID.map { copyable($0, label: "request id") } ?? "none"),
        ("Number in its chain", "\(stored.seq.map(grouped) ?? "none: from before the chain")"),
    ]
    let details = line.detail.sorted { $0.key < $1.key }.map { ($0.key, name($0.value)) }
    return """
        \(panel(definitionList(facts)))
        \(when(!details.isEmpty, section("Details", panel(definitionList(details)))))
        \(when(!line.before.isEmpty || !line.after.isEmpty, section("Before and after", changeTable(line))))
        <p><a href="\(url: "/audit?object=\(line.object.queryEncoded)")">Everything about \(names[line.object].map { "\($0.kind) \($0.name)" } ?? line.object)</a></p>
        """
}

private func changeTable(_ line: AuditLine) -> HTML {
    let names = Set(line.before.keys).union(line.after.keys).sorted()
    return table(
        caption: "What was changed",
        columns: [Column(title: "What"), Column(title: "Before"), Column(title: "After")],
        rows: names.map { ["\($0)", name(line.before[$0] ?? ""), name(line.after[$0] ?? "")] })
}

private func outcomeBadge(_ outcome: AuditLine.Outcome) -> HTML {
    outcome == .done ? stateBadge(.good, "Done") : stateBadge(.bad, "Refused")
}

/// The object by its name, or its id where it has none; as a link where it has a page that the person may see.
private func auditObject(_ line: AuditLine, _ names: AuditNames, _ visit: Visit) -> HTML {
    let shown: HTML = names[line.object].map { "\($0.kind) \(name($0.name))" } ?? code(line.object)
    guard let path = line.objectPath(visit, isThere: names[line.object] != nil) else { return shown }
    return #"<a href="\#(url: path)">\#(shown)</a>"#
}

extension AuditLine {
    var actorName: String { actor == "portal" ? "the portal" : actor }

    /// The details that a person reads; ids are for programs.
    fileprivate var words: HTML {
        let shown = detail.filter { !$0.key.hasSuffix(" id") && $0.key != "job" && !$0.value.isEmpty }
        return each(shown.sorted { $0.key < $1.key }.enumerated()) { place, detail in
            let value = detail.value.hasSuffix(".") ? String(detail.value.dropLast()) : detail.value
            return "\(when(place > 0, "; "))\(detail.key): \(name(value))"
        }
    }

    /// Where the object can be looked at, for those of its broker.
    fileprivate func objectPath(_ visit: Visit, isThere: Bool) -> String? {
        guard let colon = object.firstIndex(of: ":") else { return nil }
        let id = object[object.index(after: colon)...]
        let isOwn = brokerID != nil && visit.session.broker?.id == brokerID
        switch object[..<colon] {
        case "tenant" where isOwn && visit.may(.seeTenants): return "/tenants/\(id)"
        case "user" where isThere && visit.may(.seeUsers) && (isOwn || visit.session.broker == nil):
            return "/users/\(id)"
        case "group" where isThere && isOwn && visit.may(.seeGroups): return "/groups/\(id)"
        case "broker" where isThere && visit.may(.manageBrokers): return "/brokers/\(id)"
        case "organization" where isOwn && visit.may(.seeOrganizations): return "/organizations/\(id)"
        case "job" where isOwn && visit.may(.seeJobs): return "/jobs/\(id)"
        case "plugin" where isOwn && visit.may(.seeServices): return "/services/\(id)"
        case "plugin" where visit.may(.managePlugins): return "/plugins"
        case "connection" where isOwn && visit.may(.seeServices): return detail["plugin"].map { "/services/\($0)" }
        case "mail" where visit.may(.seeMail): return "/mail"
        default: return nil
        }
    }
}

/// Whether the chain was whole when it was last looked at.
func auditChainState(_ findings: [AuditFinding], csrf: String, now: Date) -> HTML {
    let button = postButton("Check now", action: "/audit/checks", csrfToken: csrf)
    guard let last = findings.map(\.at).max() else {
        return panel("<p>The chain of lines is checked every night; it has not been yet.</p>\(button)")
    }
    let broken = findings.filter { !$0.isWhole }
    let checked: HTML = "Last checked \(timestamp(last, now: now))."
    guard broken.isEmpty else {
        return alert(
            .bad, "The audit was changed by other hands than the portal's",
            """
            \(each(broken) { "<p>\(code($0.chain)): \($0.words)</p>" })<p>\(checked) Compare with a backup, and find out who \
            has written to the database.</p>\(button)
            """)
    }
    let lines = findings.reduce(0) { $0 + $1.lines }
    return panel("<p>The chain of \(counted(lines, "line")) is whole. \(checked)</p>\(button)")
}
