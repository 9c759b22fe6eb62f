/// Fields that a plugin asks a person to fill in. The core draws them, reads them and keeps what was typed.
public struct Form: Sendable {
    public let fields: [Field]
    /// The words on the button.
    public let submit: String

    public init(fields: [Field], submit: String) {
        self.fields = fields
        self.submit = submit
    }

    /// Reads what was typed: every field's value as its `parse` understood it, or the words for what is wrong.
    public func read(_ typed: [String: String]) -> (values: Values, problems: [String: FieldProblem]) {
        var values: [String: String] = [:]
        var problems: [String: FieldProblem] = [:]
        for field in fields {
            let text = (typed[field.name] ?? "").trimmed
            if text.isEmpty {
                if field.isRequired { problems[field.name] = FieldProblem("Enter the \(field.label).") }
                continue
            }
            do {
                values[field.name] = try field.parse(text)
            } catch let problem as FieldProblem {
                problems[field.name] = problem
            } catch {
                problems[field.name] = FieldProblem("The \(field.label) could not be read.")
            }
        }
        return (Values(values), problems)
    }
}

extension Form {
    /// The values of the fields that may be shown again, and those of the secret ones.
    public func split(_ values: Values) -> (shown: Values, secret: Values) {
        let secrets = Set(fields.filter { $0.kind == .secret }.map(\.name))
        return (
            Values(values.all.filter { !secrets.contains($0.key) }),
            Values(values.all.filter { secrets.contains($0.key) })
        )
    }
}

/// One field of a ``Form``.
public struct Field: Sendable {
    public let name: String
    public let label: String
    public let hint: String?
    public let kind: Kind
    public let isRequired: Bool
    public let help: Help?
    /// From what was typed, trimmed and not empty, to the canonical value; throws ``FieldProblem``.
    public let parse: @Sendable (String) throws -> String

    public init(
        name: String, label: String, hint: String? = nil, kind: Kind = .text, isRequired: Bool = true,
        help: Help? = nil,
        parse: @escaping @Sendable (String) throws -> String = { $0 }
    ) {
        self.name = name
        self.label = label
        self.hint = hint
        self.kind = kind
        self.isRequired = isRequired
        self.help = help
        self.parse = parse
    }

    public enum Kind: Sendable, Equatable {
        case text
        /// Written, never shown again.
        case secret
    }

    /// Where to find what is asked for: a title and the steps.
    public struct Help: Sendable {
        public let title: String
        public let steps: [String]

        public init(title: String, steps: [String]) {
            self.title = title
            self.steps = steps
        }
    }
}

/// What is wrong with one field, as a sentence that says what to do.
public struct FieldProblem: Error, Sendable, Hashable, Codable {
    public let message: String

    public init(_ message: String) {
        self.message = message
    }
}

extension FieldProblem: CustomStringConvertible {
    public var description: String { message }
}

/// What a person typed into a form, by the fields' names.
public struct Values: Sendable, Hashable, Codable {
    private var texts: [String: String]

    public init(_ texts: [String: String] = [:]) {
        self.texts = texts
    }

    /// The value, or the empty text when the field was left empty.
    public subscript(_ name: String) -> String { texts[name] ?? "" }

    public var all: [String: String] { texts }

    public func merging(_ others: Values) -> Values {
        Values(texts.merging(others.texts) { _, other in other })
    }
}

extension String {
    /// Without the white space at both ends.
    var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
