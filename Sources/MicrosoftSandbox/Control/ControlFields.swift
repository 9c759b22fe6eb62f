import Foundation
import HTTPTypes
import Hummingbird

/// What a control request says, as a form or as one flat JSON object.
struct ControlFields {
    let isForm: Bool
    private let values: [String: String]

    init(_ request: Request) async throws {
        let body = try await request.body.collect(upTo: 64 * 1024)
        isForm = request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") ?? false
        if isForm {
            let fields = FormFields(String(buffer: body))
            values = Dictionary(fields.pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        } else if body.readableBytes == 0 {
            values = [:]
        } else {
            guard let parsed = try? JSONDecoder().decode([String: Value].self, from: Data(body.readableBytesView))
            else {
                throw HTTPError(.badRequest, message: "Expected one JSON object of texts, numbers, true and false.")
            }
            values = parsed.mapValues(\.text)
        }
    }

    subscript(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    func number(_ name: String, in range: ClosedRange<Double>, otherwise: Double? = nil) throws(ControlError) -> Double
    {
        guard let text = self[name] else {
            guard let otherwise else { throw ControlError("\(name): missing") }
            return otherwise
        }
        guard let number = Double(text), range.contains(number) else {
            throw ControlError("\(name): a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func flag(_ name: String) throws(ControlError) -> Bool? {
        guard let text = self[name] else { return nil }
        guard let flag = Bool(text) else { throw ControlError("\(name): true or false") }
        return flag
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, of type: Choice.Type
    ) throws(ControlError) -> Choice {
        guard let choice = self[name].flatMap(Choice.init(rawValue:)) else {
            throw ControlError("\(name): one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    func world(otherwise settings: WorldSettings) throws(ControlError) -> WorldSettings {
        WorldSettings(
            seed: try seed(otherwise: settings.seed),
            customers: Int(
                try number(
                    "customers", in: 0...Double(WorldSettings.mostCustomers), otherwise: Double(settings.customers))),
            names: self["names"] == nil ? settings.names : try choice("names", of: WorldNames.self))
    }

    private func seed(otherwise seed: UInt64) throws(ControlError) -> UInt64 {
        guard let text = self["seed"] else { return seed }
        guard let seed = UInt64(text) else { throw ControlError("seed: a whole number from 0 to \(UInt64.max)") }
        return seed
    }

    /// Throws for a field that the control doesn't read: a slip would do something else than was meant.
    func requireOnly(_ known: [String]) throws(ControlError) {
        guard let unknown = values.keys.filter({ !known.contains($0) }).min() else { return }
        let hint = unknown.hasPrefix("{") ? " Is the header field Content-Type: application/json missing?" : ""
        throw ControlError(
            "\(unknown.prefix(100)): no such field; there are \(known.isEmpty ? "none" : known.joined(separator: ", ")).\(hint)"
        )
    }

    func fault() throws(ControlError) -> Fault {
        let service = try choice("service", of: SandboxService.self)
        let call = self["call"] == nil ? nil : try choice("call", of: ServiceCall.self)
        if let call, call.service != service {
            throw ControlError("call: \(call.rawValue) is no call of \(service.rawValue)")
        }
        let kind = try choice("kind", of: Fault.Kind.self)
        guard kind.services.contains(service) else {
            throw ControlError(
                "kind: \(kind.rawValue) can be had at \(kind.services.map(\.rawValue).joined(separator: ", "))")
        }
        if let forms = kind.forms, let form = self["form"], !forms.contains(form) {
            throw ControlError("form: one of \(forms.joined(separator: ", "))")
        }
        return Fault(
            kind, service: service, call: call,
            times: Int(try number("times", in: 1...1e9, otherwise: 1)), retryAfter: values["retryAfter"] ?? "57",
            seconds: try number("seconds", in: -1e6...1e6, otherwise: 5),
            status: Int(try number("status", in: 400...599, otherwise: 500)), form: self["form"] ?? "",
            every: Int(try number("every", in: 1...1e6, otherwise: 1)))
    }

    private enum Value: Decodable {
        case string(String)
        case number(Double)
        case flag(Bool)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? container.decode(UInt64.self) {
                self = .string(String(number))
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .string(try container.decode(String.self))
            }
        }

        var text: String {
            switch self {
            case .string(let text): text
            case .flag(let flag): String(flag)
            case .number(let number): number == number.rounded() ? String(format: "%.0f", number) : String(number)
            }
        }
    }
}
