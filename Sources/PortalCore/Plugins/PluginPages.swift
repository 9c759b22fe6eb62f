import Foundation
import HTML
import PortalKit

func pluginList(_ all: [PluginStatus], csrf: String) -> HTML {
    guard !all.isEmpty else {
        return emptyState(
            title: "No plugins",
            text: "This portal was built without provider plugins. The core works; there is nothing to connect to.")
    }
    return cards(
        all.map { status in
            let manifest = status.manifest
            return card(
                title: manifest.listing.name, titlePath: status.path,
                subtitle: "\(manifest.provider) · \(manifest.id) · version \(manifest.version)",
                badge: stateBadge(status.isEnabled ? .good : .idle, status.isEnabled ? "Enabled" : "Disabled"),
                body: """
                    <p>\(manifest.listing.summary)</p>
                    \(definitionList([
                        ("Health", status.health.shown), ("Can", "\(status.entry.canDo)"),
                        ("Brokers that use it", "\(status.reach.brokers.count)"),
                        ("Connected", "\(status.reach.connections)"), ("Open jobs", "\(status.reach.openJobs)"),
                    ]))
                    """,
                footer: """
                    <div class="actions">\(linkButton("Settings and test", path: status.path, style: .secondary))\
                    \(switchButton(status, csrf: csrf))</div>
                    """)
        })
}

private func switchButton(_ status: PluginStatus, csrf: String) -> HTML {
    status.isEnabled
        ? linkButton("Disable…", path: "\(status.path)/disabling", style: .secondary)
        : postButton("Enable", action: "\(status.path)/enabling", csrfToken: csrf, style: .primary)
}

/// What plugins have left that are not built in any more.
func leftoverList(_ left: [(id: Key<PluginManifest>, reach: PluginReach)]) -> HTML {
    section(
        "Left behind",
        intro: "Data of plugins that this portal is not built with. It is kept until somebody erases it.",
        table(
            caption: "Plugins that are not built in",
            columns: [
                Column(title: "Plugin"), Column(title: "Brokers", numeric: true),
                Column(title: "Tenants", numeric: true),
                Column(title: "Links", numeric: true), Column(title: "Sign-ins", numeric: true),
                Column(title: "Action", labelHidden: true),
            ],
            rows: left.map { id, reach in
                [
                    code(id.rawValue), "\(reach.brokers.count)", "\(grouped(reach.tenants))", "\(grouped(reach.links))",
                    "\(grouped(reach.credentials))",
                    linkButton("Erase…", path: "/plugins/\(id)/erasure", style: .secondary),
                ]
            }))
}

/// How it is, what its test found, and what hangs on it.
func pluginContent(_ status: PluginStatus, csrf: String, now: Date) -> HTML {
    """
    \(section("State", action: switchButton(status, csrf: csrf), stateList(status, now: now)))
    \(when(status.fault) { faultBox($0, status, csrf: csrf, now: now) })
    \(section("Test", id: "test", intro: testIntro(status), action: testButton(status, csrf: csrf), examinationPart(status, now: now)))
    """
}

/// What is seldom wanted.
func pluginEnd(_ status: PluginStatus, csrf: String) -> HTML {
    when(
        !status.isEnabled && !status.reach.isEmpty,
        section(
            "Its data", intro: "Kept while the plugin is disabled, for the day that it is enabled again.",
            "<p>\(linkButton("Erase its data…", path: "\(status.path)/erasure", style: .quiet))</p>"))
}

private func stateList(_ status: PluginStatus, now: Date) -> HTML {
    let manifest = status.manifest
    return definitionList([
        ("Switch", stateBadge(status.isEnabled ? .good : .idle, status.isEnabled ? "Enabled" : "Disabled")),
        ("Health", status.health.shown),
        ("Last check", status.check.map { "\(timestamp($0.at, now: now)): \($0.summary)" } ?? "never"),
        ("Provider", "\(manifest.provider)"), ("Plugin", code(manifest.id.rawValue)),
        ("Version", "\(manifest.version)"), ("Can", "\(status.entry.canDo)"),
        (
            "Brokers that use it",
            status.reach.brokers.isEmpty ? "none" : brokerLinks(status.reach)
        ),
        ("Connected", "\(status.reach.connections)"), ("Open jobs", "\(status.reach.openJobs)"),
    ])
}

private func brokerLinks(_ reach: PluginReach) -> HTML {
    each(reach.brokers.enumerated()) { place, broker in
        "\(when(place > 0, ", "))\(nameLink(broker.name, path: "/brokers/\(broker.id)"))"
    }
}

private func faultBox(_ fault: PluginFault, _ status: PluginStatus, csrf: String, now: Date) -> HTML {
    problemBox(
        title: "The plugin's code failed",
        explanation:
            "It threw what it does not announce. The core and the other plugins went on; whoever met it was told so.",
        nextStep:
            "Find the whole error in the log under the reference. This note goes when the plugin succeeds at something, when its test passes, or when you dismiss it.",
        facts: [("Reason", fault.reason), ("Time", UTCTime(fault.at).exact)], reference: fault.reference,
        action: postButton("Dismiss", action: "\(status.path)/fault-dismissal", csrfToken: csrf))
}

private func testIntro(_ status: PluginStatus) -> String {
    status.entry.type is any SelfTesting.Type
        ? "Looks whether the settings are good and \(status.manifest.provider) can be reached, and changes nothing there."
        : "This plugin has no test of its own."
}

private func testButton(_ status: PluginStatus, csrf: String) -> HTML? {
    guard status.entry.selfTesting != nil, status.isEnabled, status.examination == nil else { return nil }
    return postButton("Test", action: "\(status.path)/examinations", csrfToken: csrf)
}

private func examinationPart(_ status: PluginStatus, now: Date) -> HTML {
    let content = examinationContent(status, now: now)
    guard status.examination != nil else { return content }
    return live("\(status.path)/examination", reloads: true, content)
}

/// The last result, or how the test stands that is under way.
func examinationContent(_ status: PluginStatus, now: Date) -> HTML {
    if let job = status.examination {
        return alert(
            .wait, "The test is under way",
            "<p>\(job.reason ?? "It takes some seconds. The page brings itself up to date.")</p>")
    }
    guard let check = status.check else {
        return when(status.entry.type is any SelfTesting.Type, "<p>It has not been tested yet.</p>")
    }
    return """
        <p>\(check.summary) Tested \(timestamp(check.at, now: now)).\
        \(when(status.isCheckStale, " <strong>The settings have changed since: test again.</strong>"))</p>
        \(verdictList(check.lines.map(testLine)))
        """
}

private func testLine(_ line: SelfTestLine) -> VerdictLine {
    switch line.verdict {
    case .passed(let sentence): VerdictLine(title: line.title, tone: .good, word: "Passed", sentence: sentence)
    case .unknown(let sentence): VerdictLine(title: line.title, tone: .idle, word: "Not known", sentence: sentence)
    case .failed(let problem):
        VerdictLine(
            title: line.title, tone: .bad, word: "Failed",
            sentence: "\(problem.title). \(problem.explanation) \(problem.nextStep)",
            details: problem.facts.isEmpty
                ? nil : definitionList(problem.facts.map { ($0.name, code($0.value)) }))
    }
}

func disablingPage(_ status: PluginStatus, csrf: String) -> HTML {
    let (manifest, reach) = (status.manifest, status.reach)
    let listing = manifest.listing
    let pages = [
        "\(listing.name) in the marketplace, in My Services and in the E-Store",
        status.entry.connectable.map { _ in listing.connectionTitle },
        status.entry.tenantSource.map { _ in listing.linkTitle },
    ].compactMap(\.self)
    return """
        \(alert(.warn, "What this means", """
            <ul><li>\(reach.openJobs == 0 ? "No job is open." : "\(counted(reach.openJobs, "open job stops", "open jobs stop")) before the next step, to go on there when the plugin is enabled again.")</li>
            <li>\(reach.nightlyReadings == 0 ? "No nightly work is planned." : "\(counted(reach.nightlyReadings, "list is", "lists are")) not read at night, and \(reach.nightlyReadings == 1 ? "its sign-in is" : "their sign-ins are") not renewed.")</li>
            <li>\(reach.openSignIns == 0 ? "Nobody is signing in." : "\(counted(reach.openSignIns, "sign-in")) under way can't be completed until it is enabled again.")</li>
            <li>Its pages are gone for \(counted(reach.brokers.count, "broker that uses it", "brokers that use it")), with an explanation: \(pages.joined(separator: "; ")).</li>
            <li>\(counted(reach.tenants, "tenant")), \(counted(reach.links, "link")) and \(counted(reach.connections, "sign-in")) stay stored.</li>
            <li>No call to \(manifest.provider) starts after this is confirmed.</li></ul>
            """))
        \(when(!reach.brokers.isEmpty, section("Brokers that use it", "<p>\(brokerLinks(reach))</p>")))
        \(form(FormPage(
            action: "\(status.path)/disabling", csrfToken: csrf, fields: [], submit: "Disable",
            cancel: (title: "Keep it enabled", path: "/plugins"), style: .danger)))
        """
}
