import Foundation
import PortalKit

/// A plugin's settings in force, and where each comes from: the machine's configuration before what an administrator stored,
/// that before practice mode's own.
struct PluginSettings: Sendable {
    struct Value: Sendable {
        let text: String
        let origin: Origin
    }

    enum Origin: Sendable {
        case configuration
        case stored(at: Date, by: String)
        case standard
    }

    let form: Form
    let standard: [String: String]
    private(set) var values: [String: Value] = [:]
    /// Stored under names that the form does not have: by another release.
    private(set) var unknown: [String] = []
    /// The labels of secrets that are sealed with another key.
    private(set) var unreadable: [String] = []

    init(
        _ form: Form, configured: [String: String], standard: [String: String], stored: [StoredSetting],
        open: (_ sealed: [UInt8], _ name: String) throws -> String
    ) {
        self.form = form
        self.standard = standard
        unknown = stored.map(\.name).filter { name in !form.fields.contains { $0.name == name } }
        for field in form.fields {
            if let text = configured[field.name] {
                values[field.name] = Value(text: text, origin: .configuration)
            } else if let setting = stored.first(where: { $0.name == field.name }) {
                do {
                    let text = try setting.value ?? setting.secret.map { try open($0, field.name) } ?? ""
                    values[field.name] = Value(
                        text: text, origin: .stored(at: setting.changedAt, by: setting.changedBy))
                } catch {
                    unreadable.append(field.label)
                }
            } else if let text = standard[field.name] {
                values[field.name] = Value(text: text, origin: .standard)
            }
        }
    }

    /// By the fields' names.
    var texts: [String: String] { values.mapValues(\.text) }

    func isFixed(_ field: Field) -> Bool {
        if case .configuration = values[field.name]?.origin { true } else { false }
    }

    func isStored(_ field: Field) -> Bool {
        if case .stored = values[field.name]?.origin { true } else { false }
    }

    /// As they would be after a change.
    func applying(_ change: SettingsChange, at now: Date, by actor: String) -> PluginSettings {
        var settings = self
        settings.unknown = []
        settings.unreadable = []
        for (name, text) in change.stores {
            settings.values[name] =
                text.map { Value(text: $0, origin: .stored(at: now, by: actor)) }
                ?? standard[name].map { Value(text: $0, origin: .standard) }
        }
        return settings
    }
}
