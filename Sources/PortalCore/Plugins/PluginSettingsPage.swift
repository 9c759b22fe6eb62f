import Foundation
import HTML
import PortalKit

/// The settings of a plugin: what configuration fixes, and a form for the rest, drawn from the manifest.
struct PluginSettingsPage {
    let status: PluginStatus
    let csrf: String
    /// What was typed, when it comes back.
    let typed: [String: String]?
    let problems: [String: FieldProblem]
    let problem: String?
    let now: Date

    private var settings: PluginSettings { status.entry.settings }
    private var fixed: [Field] { settings.form.fields.filter { settings.isFixed($0) } }
    private var open: [Field] { settings.form.fields.filter { !settings.isFixed($0) } }

    var content: HTML {
        section(
            "Settings", id: "settings", intro: intro,
            "\(when(!fixed.isEmpty, fixedList))\(when(!open.isEmpty, openForm))")
    }

    private var intro: String {
        guard !settings.form.fields.isEmpty else { return "This plugin has no settings." }
        return
            "They count for all brokers, from the next step of each job and the next page on. What the configuration of this machine sets wins over what is stored here."
    }

    private var fixedList: HTML {
        """
        \(definitionList(fixed.map { field in
            (field.label, field.kind == .secret ? "set" : code(settings.values[field.name]?.text ?? ""))
        }))
        <p class="quiet">Fixed by the configuration of this machine: \(names). To change it, change the configuration and start the portal anew.</p>
        """
    }

    /// As they stand in the environment and in the configuration's file.
    private var names: String {
        fixed.map { field in
            "GATEHOUSE_PLUGIN_\(status.manifest.id.rawValue)__\(field.name)".replacing("-", with: "_").uppercased()
        }.joined(separator: ", ")
    }

    private var openForm: HTML {
        // What is wrong with a fixed one can't be mended in a field.
        let other = fixed.compactMap { field in problems[field.name].map { "\(field.label): \($0.message)" } }.first
        return form(
            FormPage(
                action: "\(status.path)/settings", csrfToken: csrf, fields: open.flatMap(fields),
                problem: problem ?? other, submit: settings.form.submit.isEmpty ? "Save" : settings.form.submit,
                hidden: [(name: "version", value: "\(status.entry.settingsVersion)")]))
    }

    private func fields(_ field: Field) -> [FormField] {
        let isSecret = field.kind == .secret
        let present = settings.values[field.name]
        let shown = FormField(
            name: field.name, label: field.label.prefix(1).uppercased() + field.label.dropFirst(),
            hint: hint(field, present),
            value: isSecret ? "" : typed?[field.name] ?? present?.text ?? "", kind: isSecret ? .secret : .text,
            problem: problems[field.name]?.message, isRequired: field.isRequired && !(isSecret && present != nil),
            isCode: true, help: field.help.map { (title: $0.title, lines: $0.steps) })
        guard isSecret, settings.isStored(field) || settings.unreadable.contains(field.label) else { return [shown] }
        let forget = SettingsChange.forgetting(field)
        return [
            shown,
            FormField(
                name: forget, label: "Forget the stored \(field.label)", value: typed?[forget] ?? "", kind: .checkbox,
                isRequired: false),
        ]
    }

    private func hint(_ field: Field, _ present: PluginSettings.Value?) -> String? {
        var words = field.hint.map { [$0.last.map { ".!?".contains($0) } == true ? $0 : "\($0)."] } ?? []
        switch present?.origin {
        case .stored(let at, let by):
            words.append("Set \(UTCTime(at).text) by \(by).")
        case .standard:
            words.append("Set by practice mode.")
        case .configuration, nil:
            break
        }
        if field.kind == .secret, present != nil {
            words.append("It is not shown again; leave the field empty to keep it.")
        }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
