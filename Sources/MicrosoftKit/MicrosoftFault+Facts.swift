import Microsoft
import PortalKit

extension MicrosoftFault {
    /// What Microsoft said, for whoever has to tell Microsoft's support.
    var facts: [Problem.Fact] {
        [
            Problem.Fact("Microsoft's code", code), Problem.Fact("HTTP status", "\(status)"),
            Problem.Fact("Microsoft's message", message), Problem.Fact("Time", time),
            Problem.Fact("Request id", requestID), Problem.Fact("Correlation id", correlationID),
        ].filter { !$0.value.isEmpty } + details.map { Problem.Fact("Detail", "\($0.code) \($0.message)") }
    }
}
