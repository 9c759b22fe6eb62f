/// Reading what a partner sent: names without case, and every wrong type is 400 / 3000 with the name.
struct PartnerCenterBody: Sendable {
    let json: JSON
    /// Of the part in the whole, for the refusal.
    private var path = ""

    init(_ json: JSON, path: String = "") {
        self.json = json
        self.path = path
    }

    private func named(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    func refusal(_ name: String) -> PartnerCenterFault { .invalidProperty(named(name)) }

    /// Null counts as absent.
    private func value(_ name: String) -> JSON? {
        let value = json[name]
        return value == .null || value.isAbsent ? nil : value
    }

    func has(_ name: String) -> Bool { value(name) != nil }

    func object(_ name: String) throws(PartnerCenterFault) -> PartnerCenterBody {
        guard let value = value(name), value.members != nil else { throw refusal(name) }
        return PartnerCenterBody(value, path: named(name))
    }

    func text(_ name: String, _ lengths: ClosedRange<Int> = 1...1000) throws(PartnerCenterFault) -> String {
        guard let text = try optionalText(name, lengths) else { throw refusal(name) }
        return text
    }

    func optionalText(
        _ name: String, _ lengths: ClosedRange<Int> = 0...1000
    ) throws(PartnerCenterFault) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.text, lengths.contains(text.unicodeScalars.count) else { throw refusal(name) }
        return text
    }

    func wholeNumber(_ name: String) throws(PartnerCenterFault) -> Int? {
        guard let value = value(name) else { return nil }
        guard let number = value.wholeNumber else { throw refusal(name) }
        return number
    }

    func boolean(_ name: String) throws(PartnerCenterFault) -> Bool? {
        guard let value = value(name) else { return nil }
        guard let boolean = value.boolean else { throw refusal(name) }
        return boolean
    }

    /// Of objects.
    func list(_ name: String) throws(PartnerCenterFault) -> [PartnerCenterBody] {
        guard let items = value(name)?.items else { throw refusal(name) }
        var list: [PartnerCenterBody] = []
        for (index, item) in items.enumerated() {
            let part = PartnerCenterBody(item, path: "\(named(name))[\(index)]")
            guard item.members != nil else { throw .invalidProperty(part.path) }
            list.append(part)
        }
        return list
    }

    func texts(_ name: String) throws(PartnerCenterFault) -> [String] {
        guard let items = value(name)?.items else { throw refusal(name) }
        let texts = items.compactMap(\.text)
        guard texts.count == items.count else { throw refusal(name) }
        return texts
    }
}
