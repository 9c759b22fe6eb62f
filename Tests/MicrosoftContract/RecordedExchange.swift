public import HTTPTypes

/// A request and its answer, whole.
public struct RecordedExchange: Sendable {
    public let request: HTTPRequest
    public let requestBody: [UInt8]
    public let response: HTTPResponse
    public let responseBody: [UInt8]

    public init(request: HTTPRequest, requestBody: [UInt8] = [], response: HTTPResponse, responseBody: [UInt8] = []) {
        self.request = request
        self.requestBody = requestBody
        self.response = response
        self.responseBody = responseBody
    }
}
