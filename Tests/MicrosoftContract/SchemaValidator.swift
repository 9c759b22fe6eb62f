/// Holds values against schemas.
struct SchemaValidator {
    struct Finding: Equatable {
        /// A JSON pointer into the value.
        let pointer: String
        let message: String
    }

    /// Of the document's `components`.
    let schemas: [String: Schema]
    /// Whether names of properties and words of enumerations are compared without case.
    var ignoresCase = false
    /// The properties that the request chose with `$select`.
    var selection: Set<String>?

    func findings(_ value: JSONValue, _ schema: Schema, at pointer: String = "") -> [Finding] {
        let outcome = apply(schema, to: value, at: pointer)
        return outcome.findings + unknownProperties(of: value, outcome, at: pointer)
    }

    /// What one schema says about a value, before it is known which properties others allow.
    private struct Outcome {
        var findings: [Finding] = []
        /// The names in the value that a schema describes.
        var known: Set<String> = []
        var isClosed = false
        var isOpen = false

        mutating func merge(_ other: Outcome) {
            findings += other.findings
            known.formUnion(other.known)
            isClosed = isClosed || other.isClosed
            isOpen = isOpen || other.isOpen
        }
    }

    private func unknownProperties(of value: JSONValue, _ outcome: Outcome, at pointer: String) -> [Finding] {
        guard case .object(let members) = value, outcome.isClosed, !outcome.isOpen else { return [] }
        return members.keys.filter { !outcome.known.contains($0) }.sorted().map {
            Finding(pointer: pointer.appending(pointerToken: $0), message: "is not a documented property")
        }
    }

    private func apply(_ schema: Schema, to value: JSONValue, at pointer: String) -> Outcome {
        var outcome = Outcome()
        if let types = schema.types, !types.contains(where: { $0.covers(value.type) }) {
            let wanted = types.map(\.rawValue).joined(separator: " or ")
            outcome.findings = [Finding(pointer: pointer, message: "is of type \(value.type), not \(wanted)")]
            return outcome
        }
        if let values = schema.values, !values.contains(where: { isSame($0, value) }) {
            outcome.findings.append(
                Finding(pointer: pointer, message: "is not one of the documented values: \(value.json)"))
        }
        switch value {
        case .object(let members): outcome.merge(self.members(members, schema, at: pointer))
        case .array(let elements): outcome.findings += self.elements(elements, schema, at: pointer)
        case .string(let text): outcome.findings += string(text, schema, at: pointer)
        case .integer(let number): outcome.findings += self.number(Double(number), schema, at: pointer)
        case .decimal(let number): outcome.findings += self.number(number, schema, at: pointer)
        case .bool, .null: break
        }
        if let reference = schema.reference {
            // That it is there was made sure when the document was read.
            schemas[reference].map { outcome.merge(apply($0, to: value, at: pointer)) }
        }
        for part in schema.allOf { outcome.merge(apply(part, to: value, at: pointer)) }
        alternatives(schema.anyOf, exactlyOne: false, of: value, at: pointer, &outcome)
        alternatives(schema.oneOf, exactlyOne: true, of: value, at: pointer, &outcome)
        return outcome
    }

    /// An alternative fits when it finds nothing, its unknown properties included, and those join the object's.
    private func alternatives(
        _ schemas: [Schema], exactlyOne: Bool, of value: JSONValue, at pointer: String, _ outcome: inout Outcome
    ) {
        guard !schemas.isEmpty else { return }
        var fitting: [Outcome] = []
        var nearest: [Finding]?
        for schema in schemas {
            let alternative = apply(schema, to: value, at: pointer)
            var whole = outcome
            whole.merge(alternative)
            let findings = alternative.findings + unknownProperties(of: value, whole, at: pointer)
            if findings.isEmpty { fitting.append(alternative) }
            if findings.count < nearest?.count ?? .max { nearest = findings }
        }
        if fitting.isEmpty {
            outcome.findings.append(Finding(pointer: pointer, message: "is none of \(schemas.count) alternatives"))
            outcome.findings += nearest ?? []
            outcome.isOpen = true
        } else if exactlyOne, fitting.count > 1 {
            outcome.findings.append(Finding(pointer: pointer, message: "is \(fitting.count) alternatives at once"))
        }
        for alternative in fitting { outcome.merge(alternative) }
    }

    private func members(_ members: [String: JSONValue], _ schema: Schema, at pointer: String) -> Outcome {
        var outcome = Outcome(isClosed: !schema.properties.isEmpty)
        var names: Set<String> = []
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            let place = pointer.appending(pointerToken: name)
            if !names.insert(folded(name)).inserted {
                outcome.findings.append(Finding(pointer: place, message: "stands twice, with other capitals"))
            }
            let property = ignoresCase ? schema.foldedProperties[folded(name)] : schema.properties[name]
            if let property {
                outcome.known.insert(name)
                outcome.findings += findings(member, property, at: place)
            } else if case .like(let schema) = schema.additional {
                outcome.known.insert(name)
                outcome.findings += findings(member, schema, at: place)
            }
        }
        switch schema.additional {
        case .allowed: outcome.isOpen = true
        case .forbidden: outcome.isClosed = true
        case .like, nil: break
        }
        for name in schema.required + selected(schema) where !names.contains(folded(name)) {
            outcome.findings.append(Finding(pointer: pointer.appending(pointerToken: name), message: "is missing"))
        }
        return outcome
    }

    /// What a resource must have because it was chosen, or because nothing was.
    private func selected(_ schema: Schema) -> [String] {
        guard let selection, !schema.requiredUnlessSelected.isEmpty else { return schema.requiredUnlessSelected }
        return selection.filter { schema.properties[$0] != nil }.sorted()
    }

    private func elements(_ elements: [JSONValue], _ schema: Schema, at pointer: String) -> [Finding] {
        var found = bounds(elements.count, schema.minItems, schema.maxItems, "items", at: pointer)
        guard let items = schema.items else { return found }
        for (index, element) in elements.enumerated() {
            found += findings(element, items, at: "\(pointer)/\(index)")
        }
        return found
    }

    private func string(_ text: String, _ schema: Schema, at pointer: String) -> [Finding] {
        var found = bounds(text.unicodeScalars.count, schema.minLength, schema.maxLength, "characters", at: pointer)
        if let pattern = schema.pattern, !pattern.matches(text) {
            found.append(Finding(pointer: pointer, message: "does not match \(pattern.text): \"\(text)\""))
        }
        if let format = schema.format, !format.matches(text) {
            found.append(Finding(pointer: pointer, message: "is not a \(format.rawValue): \"\(text)\""))
        }
        return found
    }

    private func number(_ number: Double, _ schema: Schema, at pointer: String) -> [Finding] {
        let isSmall = schema.minimum.map { number < $0 } ?? false
        let isLarge = schema.maximum.map { number > $0 } ?? false
        return isSmall || isLarge ? [Finding(pointer: pointer, message: "is out of range: \(number)")] : []
    }

    private func bounds(_ count: Int, _ least: Int?, _ most: Int?, _ unit: String, at pointer: String) -> [Finding] {
        guard count < least ?? 0 || count > most ?? .max else { return [] }
        return [
            Finding(
                pointer: pointer,
                message: "has \(count) \(unit), out of \(least ?? 0) to \(most.map(String.init) ?? "any")")
        ]
    }

    private func folded(_ name: String) -> String { ignoresCase ? name.lowercased() : name }

    private func isSame(_ first: JSONValue, _ second: JSONValue) -> Bool {
        guard ignoresCase, case .string(let one) = first, case .string(let other) = second else {
            return first == second
        }
        return one.lowercased() == other.lowercased()
    }
}
