import PortalKit

/// What an administrator typed into a plugin's settings, held against those in force. An empty secret field keeps the
/// secret; what configuration fixes stays as it is.
struct SettingsChange: Sendable {
    /// What is stored from now on; `nil` is stored no more.
    private(set) var stores: [String: String?] = [:]
    let problems: [String: FieldProblem]
    /// Of the audit line. Secrets are told of, not told.
    private(set) var before: [String: String] = [:]
    private(set) var after: [String: String] = [:]

    /// The name of the checkbox that forgets a secret.
    static func forgetting(_ field: Field) -> String { "forget-\(field.name)" }

    init(_ typed: [String: String], _ settings: PluginSettings) {
        var texts: [String: String] = [:]
        for field in settings.form.fields {
            let present = settings.values[field.name]?.text
            let new = typed[field.name] ?? ""
            if settings.isFixed(field) {
                texts[field.name] = present
            } else if field.kind == .secret {
                let isForgotten = typed[Self.forgetting(field)] == "on"
                texts[field.name] = !new.isEmpty ? new : isForgotten ? settings.standard[field.name] : present
            } else {
                texts[field.name] = new.allSatisfy(\.isWhitespace) ? settings.standard[field.name] : new
            }
        }
        let read = settings.form.read(texts)
        problems = read.problems
        for field in settings.form.fields where !settings.isFixed(field) {
            note(field, was: settings, becomes: read.values[field.name], typed)
        }
        for name in settings.unknown { stores[name] = .some(nil) }
    }

    var isEmpty: Bool { stores.isEmpty }

    private mutating func note(
        _ field: Field, was settings: PluginSettings, becomes new: String, _ typed: [String: String]
    ) {
        let present = settings.values[field.name]?.text ?? ""
        let isStored = settings.isStored(field) || settings.unreadable.contains(field.label)
        guard new != present || (field.kind == .secret && typed[SettingsChange.forgetting(field)] == "on" && isStored)
        else { return }
        let isStandard = new == settings.standard[field.name] ?? ""
        if isStandard && !isStored { return }
        stores[field.name] = isStandard ? .some(nil) : new
        before[field.name] = field.kind == .secret ? (present.isEmpty ? "not set" : "set") : present
        after[field.name] = field.kind == .secret ? (isStandard ? "forgotten" : "changed") : new
    }
}
