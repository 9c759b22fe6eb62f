import Foundation
import HTTPTypes

/// Partner Center's REST API (Microsoft Learn: "Partner Center REST API", read 2026-11).
public struct PartnerCenter: Sendable {
    private static let requestID = HTTPField.Name.literal("MS-RequestId")
    private static let correlationID = HTTPField.Name.literal("MS-CorrelationId")
    private static let continuationToken = HTTPField.Name.literal("MS-ContinuationToken")
    private static let locale = HTTPField.Name.literal("X-Locale")
    private static let validateMFA = HTTPField.Name.literal("ValidateMfa")
    private static let isMFACompliant = HTTPField.Name.literal("isMfaCompliant")

    private let baseURL: String
    private let send: Send

    /// - Parameter baseURL: without `/v1`, for example `https://api.partnercenter.microsoft.com`.
    public init(baseURL: String, send: @escaping Send) {
        self.baseURL = baseURL
        self.send = send
    }

    /// The partner's legal business profile, and whether the token had the MFA claim, where the service says so.
    ///
    /// "Get the partner legal business profile"; "Mandating multifactor authentication": header `ValidateMfa`.
    public func legalBusinessProfile() async throws -> (profile: LegalBusinessProfile, isMFACompliant: Bool?) {
        let (response, body) = try await get(
            "/v1/profiles/legalbusiness?vettingVersion=Current", [Self.validateMFA: "true"])
        let compliant = response.headerFields[Self.isMFACompliant].map { $0.lowercased().hasPrefix("true") }
        return (try decode(LegalBusinessProfile.self, response, body), compliant)
    }

    /// One page of the partner's customers. "Get a list of customers": the continuation travels in a header.
    public func customers(size: Int, continuation: String?) async throws -> CustomerPage {
        let (response, body) =
            if let continuation {
                try await get("/v1/customers?size=\(size)&seekOperation=Next", [Self.continuationToken: continuation])
            } else {
                try await get("/v1/customers?size=\(size)", [:])
            }
        let page = try decode(Collection<Customer>.self, response, body)
        guard let link = page.links?.next else { return CustomerPage(customers: page.items, continuation: nil) }
        let token = link.headers?.first { $0.key.lowercased() == "ms-continuationtoken" }?.value
        guard let next = token ?? response.headerFields[Self.continuationToken] else {
            throw unreadable(response, "There is a next page, and nothing that leads to it.")
        }
        return CustomerPage(customers: page.items, continuation: next)
    }

    /// All that Partner Center tells of one customer. "Get a customer by ID".
    public func customer(_ id: String) async throws -> Customer {
        let (response, body) = try await get("/v1/customers/\(try Self.pathSegment(id))", [:])
        return try decode(Customer.self, response, body)
    }

    private func get(_ path: String, _ fields: HTTPFields) async throws -> (HTTPResponse, [UInt8]) {
        let parts = (baseURL + path).split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        var request = HTTPRequest(
            method: .get, scheme: String(parts[0].dropLast()), authority: String(parts[2]), path: "/\(parts[3])",
            headerFields: fields)
        request.headerFields[.accept] = "application/json"
        request.headerFields[Self.requestID] = UUID().uuidString.lowercased()
        request.headerFields[Self.correlationID] = UUID().uuidString.lowercased()
        request.headerFields[Self.locale] = "en-US"
        let (response, body) = try await send(request, [])
        guard response.status == .ok else { throw fault(request, response, body) }
        return (response, body)
    }

    private func decode<Value: Decodable>(_ type: Value.Type, _ response: HTTPResponse, _ body: [UInt8]) throws -> Value
    {
        do {
            return try MicrosoftJSON.decode(type, from: body)
        } catch {
            throw unreadable(response, "The answer could not be read.")
        }
    }

    private func unreadable(_ response: HTTPResponse, _ message: String) -> MicrosoftFault {
        MicrosoftFault(
            status: response.status.code, code: "", message: message, time: response.headerFields[.date] ?? "",
            requestID: response.headerFields[Self.requestID] ?? "",
            correlationID: response.headerFields[Self.correlationID] ?? "")
    }

    private func fault(_ request: HTTPRequest, _ response: HTTPResponse, _ body: [UInt8]) -> MicrosoftFault {
        let fields = try? MicrosoftJSON.decode(FaultFields.self, from: body)
        return MicrosoftFault(
            status: response.status.code, code: fields?.code ?? "",
            message: fields?.description ?? fields?.message ?? response.headerFields[.wwwAuthenticate] ?? "",
            time: response.headerFields[.date] ?? "",
            requestID: response.headerFields[Self.requestID] ?? request.headerFields[Self.requestID] ?? "",
            correlationID: response.headerFields[Self.correlationID] ?? request.headerFields[Self.correlationID] ?? "")
    }

    /// An id that is part of a path: letters, digits and hyphens, or it is not an id.
    private static func pathSegment(_ id: String) throws -> String {
        guard !id.isEmpty,
            id.utf8.allSatisfy({ $0 == 0x2d || ($0 >= 0x30 && $0 <= 0x39) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a) })
        else {
            throw MicrosoftFault(
                status: 0, code: "", message: "\"\(id)\" is not an id.", time: "", requestID: "", correlationID: "")
        }
        return id
    }

    private struct FaultFields: Decodable {
        let code: String?
        let description: String?
        let message: String?

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            // The code is documented as a text and comes as a number too.
            code =
                try? (try? values.decode(String.self, forKey: .code)) ?? String(values.decode(Int.self, forKey: .code))
            description = try? values.decode(String.self, forKey: .description)
            message = try? values.decode(String.self, forKey: .message)
        }

        private enum CodingKeys: CodingKey {
            case code, description, message
        }
    }

    private struct Collection<Item: Decodable>: Decodable {
        let items: [Item]
        let links: Links?

        struct Links: Decodable {
            let next: Link?
        }

        struct Link: Decodable {
            let headers: [Header]?
        }

        struct Header: Decodable {
            let key: String
            let value: String
        }
    }
}
