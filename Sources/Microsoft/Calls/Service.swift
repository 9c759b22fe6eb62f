import Foundation
import HTTPTypes

/// The one way to call a service of Microsoft: a call in, a judged answer out.
struct Service: Sendable {
    let baseURL: String
    let dialect: Dialect
    let send: Send

    /// Sends and judges the status: what is not a success is thrown.
    ///
    /// - Throws: ``MicrosoftFault``, and what `send` throws.
    func answer(_ call: Call) async throws -> Answer {
        let answer = try await sent(call)
        guard answer.isSuccess else { throw answer.fault() }
        return answer
    }

    /// Sends and judges the status, and reads the body.
    func value<Value: Decodable>(_ call: Call) async throws -> Value {
        try await answer(call).read(Value.self)
    }

    /// Sends, and leaves the status to the caller.
    func sent(_ call: Call) async throws -> Answer {
        let request = try request(call)
        let body = try call.body.map { try encoded($0) } ?? []
        let (response, answer) = try await send(request, body)
        return Answer(request: request, response: response, body: answer, dialect: dialect)
    }

    private func request(_ call: Call) throws -> HTTPRequest {
        let parts = try address(call.target).split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4 else { throw MicrosoftFault(.unsendable, "\(baseURL) is not the address of a service.") }
        var request = HTTPRequest(
            method: call.method, scheme: String(parts[0].dropLast()), authority: String(parts[2]), path: "/\(parts[3])",
            headerFields: [.accept: "application/json"])
        if call.body != nil { request.headerFields[.contentType] = "application/json" }
        request.headerFields.append(contentsOf: dialect.fields(requestID: call.requestID))
        for (name, value) in call.fields {
            guard HTTPField.isValidValue(value) else {
                throw MicrosoftFault(.unsendable, "\"\(value.prefix(100))\" can't be sent as \(name).")
            }
            request.headerFields[name] = value
        }
        return request
    }

    private func address(_ target: Call.Target) throws -> String {
        switch target {
        case .link(let link):
            return try checked(link)
        case .path(let path, let query):
            if let text = path.notAnID { throw MicrosoftFault(.unsendable, "\"\(text.prefix(100))\" is not an id.") }
            return baseURL + path.text + query.text
        }
    }

    /// A link that Microsoft gave, when it stays below the base URL: a token goes along with it.
    func checked(_ link: String) throws -> String {
        let isPlain = link.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "#")
        }
        let path = link.prefix { $0 != "?" }.lowercased()
        let climbs = path.contains("/../") || path.contains("/./") || path.hasSuffix("/..") || path.contains("%2e")
        guard isPlain, !climbs, link.hasPrefix(baseURL + "/"), link.utf8.count <= Self.longestLink else {
            throw MicrosoftFault(.foreignLink, "A link of the answer leads elsewhere: \(link.prefix(200))")
        }
        return link
    }

    /// The same, with the names of the answer that has the link.
    func checked(_ link: String, in answer: Answer) throws -> String {
        do {
            return try checked(link)
        } catch let fault as MicrosoftFault {
            throw answer.unusable(fault.reason, fault.message)
        }
    }

    func encoded(_ body: any Encodable & Sendable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(body))
        } catch {
            throw MicrosoftFault(.unsendable, "The request can't be written as JSON: \(error)")
        }
    }

    private static let longestLink = 16_384
}
