import Foundation

/// What the body of a refusal says, whichever of Microsoft's forms it has: `{code,description}` (Partner Center),
/// `{statusCode,message}` (its gateway), `{error:{code,message,innerError,details}}` (Graph, Azure Resource Manager).
struct FaultWords {
    var code = ""
    var message = ""
    var time = ""
    var requestID = ""
    var correlationID = ""
    var details: [MicrosoftFault.Detail] = []

    /// Nothing is said.
    init() {}

    init(_ body: [UInt8]) {
        // What can't be read, or is too long for a refusal, says nothing; the status does.
        let isRefusal = body.count <= Self.longest
        self.init((isRefusal ? try? MicrosoftJSON.decode(JSON.self, from: body) : nil) ?? .null)
    }

    init(_ document: JSON) {
        let error = document["error"]
        let said = error?.isObject == true ? error : document
        code = Self.text(said?["code"]) ?? Self.text(error) ?? ""
        message =
            Self.text(said?["description"]) ?? Self.text(said?["message"])
            ?? Self.text(document["error_description"]) ?? ""
        details = Self.details(said)
        readInner(said)
    }

    /// The innermost error is the most exact one, but the outermost code is the documented one: it stays when there is one.
    private mutating func readInner(_ error: JSON?) {
        var inner = error?["innerError"] ?? error?["innererror"]
        for _ in 0..<16 {
            guard let present = inner else { return }
            if code.isEmpty { code = Self.text(present["code"]) ?? "" }
            if message.isEmpty { message = Self.text(present["message"]) ?? "" }
            time = Self.text(present["date"]) ?? time
            requestID = Self.text(present["request-id"]) ?? requestID
            correlationID = Self.text(present["client-request-id"]) ?? correlationID
            if details.isEmpty { details = Self.details(present) }
            inner = present["innerError"] ?? present["innererror"]
        }
    }

    /// Bytes of a body that is looked into.
    private static let longest = 256 << 10

    private static func details(_ error: JSON?) -> [MicrosoftFault.Detail] {
        (error?["details"]?.array ?? []).prefix(20).compactMap { detail in
            let (code, message) = (text(detail["code"]) ?? "", text(detail["message"]) ?? "")
            return code.isEmpty && message.isEmpty ? nil : MicrosoftFault.Detail(code: code, message: message)
        }
    }

    /// Bounded: it is shown and stored.
    private static func text(_ value: JSON?) -> String? {
        (value?.text ?? value?.number?.description).map { String($0.prefix(2_000)) }
    }
}
