import HTTPTypes

/// What is wrong with a control request.
struct ControlError: Error {
    let text: String
    let status: HTTPResponse.Status

    init(_ text: String, status: HTTPResponse.Status = .badRequest) {
        self.text = text
        self.status = status
    }
}
