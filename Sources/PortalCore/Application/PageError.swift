import HTTPTypes

/// An error whose words a visitor may read. Everything else becomes 500 and a reference code.
protocol VisitorReadableError: Error {
    var status: HTTPResponse.Status { get }
    var title: String { get }
    var explanation: String { get }
    var nextStep: String { get }
}

/// What ends a request without a page of its own.
enum PageError: VisitorReadableError, Equatable {
    /// There is no such thing, or not for this person: both look alike.
    case notFound
    /// The page belongs to a plugin that is switched off; told only to those who may know.
    case pluginDisabled(String)
    case unknownHost
    /// A form that was not made for this session.
    case foreignForm
    case tooLarge
    case malformed
    case overloaded
    /// Too many people come back from their provider of single sign-on at once.
    case signInsQueue
    case diskFull
    /// The database is held by something else for longer than a request may wait.
    case busy
    /// The address takes other methods.
    case wrongMethod(allowed: String)
    /// Too many wrong passwords or codes.
    case slowDown(seconds: Int)
    /// A form that was kept for a detour, and is not any more, or is not this person's.
    case formGone
    /// The page was made for another state of things than the present one.
    case stale(String)

    var status: HTTPResponse.Status {
        switch self {
        case .notFound, .pluginDisabled, .formGone: .notFound
        case .slowDown: .tooManyRequests
        case .unknownHost: .misdirectedRequest
        case .foreignForm: .forbidden
        case .tooLarge: .contentTooLarge
        case .malformed: .badRequest
        case .overloaded, .signInsQueue, .busy: .serviceUnavailable
        case .wrongMethod: .methodNotAllowed
        case .diskFull: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        case .stale: .conflict
        }
    }

    var title: String {
        switch self {
        case .notFound: "There is no such page"
        case .pluginDisabled(let name): "\(name) is switched off"
        case .unknownHost: "This address is not in use"
        case .foreignForm: "The form was not accepted"
        case .tooLarge: "That is too much at once"
        case .malformed: "The request could not be read"
        case .overloaded: "Too many people are signing in at once"
        case .signInsQueue: "Too many people come back from single sign-on at once"
        case .diskFull: "The portal has no room left on its disk"
        case .busy: "The portal is busy"
        case .wrongMethod: "This address is for something else"
        case .slowDown: "Too many tries"
        case .formGone: "The form is not kept any more"
        case .stale: "Something has changed in the meantime"
        }
    }

    var explanation: String {
        switch self {
        case .notFound: "The address may be misspelled, or the thing behind it is gone, or it is not yours to see."
        case .pluginDisabled:
            "An administrator of this portal has disabled the plugin behind this page. Its data is kept, and its jobs wait."
        case .unknownHost: "No portal answers under this name."
        case .foreignForm:
            "It was made for another session, by another site, or before you signed in. Nothing was changed."
        case .tooLarge: "The form holds more than this portal takes. Nothing was changed."
        case .malformed: "A part of it was missing or damaged. Nothing was changed."
        case .overloaded: "Checking a password takes its time, and a queue has formed."
        case .signInsQueue:
            "The portal asks your provider for a few people at a time, and others were before you. Nobody was signed in."
        case .diskFull: "Nothing was changed. Looking still works."
        case .busy: "Its database is held by other work at present. Nothing was changed."
        case .wrongMethod:
            "It takes a form that a page sends, or shows a page, and you asked for the other. Nothing was changed."
        case .slowDown(let seconds):
            "Several tries in a row were wrong. Nothing was changed. The next one counts in \(seconds) seconds."
        case .formGone: "It was sent already, or a quarter of an hour has passed, or it was somebody else's."
        case .stale(let what): what
        }
    }

    var nextStep: String {
        switch self {
        case .notFound: "Go to the start page, and on from there."
        case .pluginDisabled: "Ask your portal administrator to enable it; then everything is here again."
        case .unknownHost: "Check the address with whoever gave it to you."
        case .foreignForm: "Go back, reload the page and send it again."
        case .tooLarge: "Send less at once."
        case .malformed: "Go to the start page, and on from there."
        case .overloaded: "Try again in a few seconds."
        case .signInsQueue:
            "Wait a few seconds, and reload this page; if it is too old then, start again at the sign-in page."
        case .diskFull: "Tell your portal administrator, and try again when there is room."
        case .busy: "Try again in a few seconds."
        case .wrongMethod: "Go back to the page that you came from, and on from there."
        case .slowDown: "Wait, go back, and try again."
        case .formGone: "Open the page again and look whether the change is there; if not, make it once more."
        case .stale: "Go back, reload the page and look again."
        }
    }

    /// The header fields that go with it.
    var headers: [(name: HTTPField.Name, value: String)] {
        switch self {
        case .overloaded, .signInsQueue, .busy: [(.retryAfter, "5")]
        case .slowDown(let seconds): [(.retryAfter, String(seconds))]
        case .wrongMethod(let allowed): [(.allow, allowed)]
        default: []
        }
    }
}
