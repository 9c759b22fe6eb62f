import HTTPTypes
import Hummingbird
import NIOCore

/// Why a request is answered here, without a word to the responder.
enum RequestRefusal: Error, Equatable {
    case badRequest(String)
    case bodyTooLarge(limit: Int)
    case headTooLarge

    var response: Response {
        let (status, text): (HTTPResponse.Status, String) =
            switch self {
            case .badRequest(let reason): (.badRequest, "Bad request: \(reason).\n")
            case .bodyTooLarge(let limit): (.contentTooLarge, "The request is larger than \(limit) bytes.\n")
            case .headTooLarge: (.requestHeaderFieldsTooLarge, "Too many header fields, or too large.\n")
            }
        return .plainText(text, status: status)
    }
}
