import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
    private static let maxFormBytes = 1_000_000

    /// The fields of a form that this session's page made and this host's page sent.
    ///
    /// - Throws: ``PageError/foreignForm``, ``PageError/malformed`` when a field comes twice, ``PageError/tooLarge``.
    func form(in context: PortalContext, at place: Place) async throws -> [String: String] {
        let fields = try await sentForm(at: place)
        guard context.made(fields) else { throw PageError.foreignForm }
        return fields
    }

    /// The fields of a form that this host's page sent, of whatever session.
    func sentForm(at place: Place) async throws -> [String: String] {
        guard headers[.origin] == place.baseURL.description else { throw PageError.foreignForm }
        guard headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true else {
            throw PageError.malformed
        }
        var body: ByteBuffer
        do {
            body = try await self.body.collect(upTo: Self.maxFormBytes)
        } catch {
            throw PageError.tooLarge
        }
        var fields: [String: String] = [:]
        for pair in body.readString(length: body.readableBytes).map({ $0.split(separator: "&") }) ?? [] {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(parts[0]), let value = parts.count == 2 ? decoded(parts[1]) : "",
                fields.updateValue(value, forKey: name) == nil
            else { throw PageError.malformed }
        }
        return fields
    }

    /// A value of the query as forms write it; empty when it is missing, damaged, or there more than once.
    func queryValue(_ name: String) -> String {
        let values = (uri.query ?? "").split(separator: "&").compactMap { pair -> String? in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard decoded(parts[0]) == name else { return nil }
            return parts.count == 2 ? decoded(parts[1]) ?? "" : ""
        }
        return values.count == 1 ? values[0] : ""
    }

    /// All values of the query; those that come twice, are damaged or too long are left out.
    func queryFields(max: Int, longest: Int) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in (uri.query ?? "").split(separator: "&").prefix(max) {
            guard let name = decoded(pair.prefix { $0 != "=" }), fields[name] == nil else { continue }
            let value = queryValue(name)
            if !value.isEmpty, value.utf8.count <= longest { fields[name] = value }
        }
        return fields
    }

    private func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }
}

extension PortalContext {
    /// Whether a page of this session's or visitor's made the form.
    func made(_ fields: [String: String]) -> Bool {
        token.map { Token($0.derived("form")).matches(fields["csrf"] ?? "") } ?? false
    }
}
