import Foundation

/// Reads `GATEHOUSE_…` values, remembers which names were asked for, and collects what is wrong with them.
struct SettingsReader {
    private static let prefix = "GATEHOUSE_"

    private let values: [String: String]
    private var known: Set<String> = []
    var problems: [String]

    init(values: [String: String], problems: [String]) {
        self.values = values.filter { $0.key.hasPrefix(Self.prefix) && !$0.value.isEmpty }
        self.problems = problems
    }

    mutating func text(_ name: String) -> String? {
        known.insert(name)
        return values[Self.prefix + name]
    }

    /// A value that stands in a file, which `<name>_FILE` names, or, less well, in the setting itself.
    mutating func secret(_ name: String) -> String? {
        guard let path = text(name + "_FILE") else { return text(name) }
        guard let content = try? String(contentsOfFile: path, encoding: .utf8) else {
            problems.append("\(Self.prefix)\(name)_FILE: \(path) could not be read.")
            return nil
        }
        return content.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    mutating func flag(_ name: String) -> Bool {
        choice(name) { ["1": true, "true": true, "0": false, "false": false][$0] } ?? false
    }

    mutating func number(_ name: String, _ range: ClosedRange<Int>) -> Int? {
        choice(name, or: "a number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    mutating func choice<Value>(
        _ name: String, or expected: String = "a value that it knows", _ read: (String) -> Value?
    ) -> Value? {
        guard let text = text(name) else { return nil }
        if let value = read(text) { return value }
        problems.append("\(Self.prefix)\(name): \"\(text)\" is not \(expected).")
        return nil
    }

    /// All values whose names begin so, by the rest of the name, sorted.
    mutating func texts(prefix: String) -> [(name: String, value: String)] {
        let found = values.filter { $0.key.hasPrefix(Self.prefix + prefix) }.sorted { $0.key < $1.key }
        known.formUnion(found.map { String($0.key.dropFirst(Self.prefix.count)) })
        return found.map { (String($0.key.dropFirst(Self.prefix.count + prefix.count)), $0.value) }
    }

    /// `PLUGIN_<id>__<field>`, upper case, hyphens as underscores; with `_FILE` at the end the value is in that file.
    mutating func pluginSettings() -> [String: [String: String]] {
        var settings: [String: [String: String]] = [:]
        for (name, value) in texts(prefix: "PLUGIN_") {
            guard let split = name.range(of: "__") else {
                problems.append("\(Self.prefix)PLUGIN_\(name): write \(Self.prefix)PLUGIN_<id>__<setting>.")
                continue
            }
            let plugin = name[..<split.lowerBound].lowercased().replacing("_", with: "-")
            var field = name[split.upperBound...].lowercased().replacing("_", with: "-")
            var text = value
            if field.hasSuffix("-file") {
                field.removeLast("-file".count)
                guard let content = try? String(contentsOfFile: value, encoding: .utf8) else {
                    problems.append("\(Self.prefix)PLUGIN_\(name): \(value) could not be read.")
                    continue
                }
                text = content.trimmingCharacters(in: .whitespacesAndNewlines)
            }
            settings[plugin, default: [:]][field] = text
        }
        return settings
    }

    mutating func refuseUnknown(except others: Set<String>) {
        for name in values.keys.sorted() where !known.union(others).contains(String(name.dropFirst(Self.prefix.count)))
        {
            problems.append("\(name): there is no such setting.")
        }
    }
}
