import Foundation

/// So many tries cost nothing; then one waits, after each further one twice as long.
struct TryLimit: Sendable {
    let free: Int
    /// Seconds.
    var first: TimeInterval = 2
    let longest: TimeInterval

    /// Seconds to wait after so many tries.
    func wait(after tries: Int) -> TimeInterval {
        tries < free ? 0 : min(longest, first * pow(2, Double(min(tries - free, 30))))
    }
}

/// What may be guessed or asked for too often.
enum TryKind: String, Sendable, SQLConvertible {
    case password
    /// Of an authenticator app, or a recovery code.
    case code
    /// A mail with a link, to one address.
    case reset
    /// Mails with links, to whatever addresses.
    case resets
    /// Sign-ins begun with a broker's provider that nobody came back from.
    case singleSignOn = "sso"
    /// Links to approvals that are none.
    case approval

    /// At one account, from one source.
    var ofOne: TryLimit {
        switch self {
        case .password, .code: TryLimit(free: 5, longest: 60)
        case .reset: TryLimit(free: 3, first: 3_600, longest: 3_600)
        case .resets: TryLimit(free: 20, longest: 60)
        case .singleSignOn: TryLimit(free: 100, longest: 30)
        case .approval: TryLimit(free: 30, longest: 60)
        }
    }

    /// At any accounts, from one source: many people may share one.
    var fromSource: TryLimit? {
        switch self {
        case .password, .code: TryLimit(free: 30, longest: 60)
        case .singleSignOn: TryLimit(free: 200, longest: 30)
        case .reset, .resets, .approval: nil
        }
    }

    /// At one account, from all sources. Short for passwords, since whoever forgot it and comes from a new device waits too;
    /// longer for codes, which are few, and which only who has the password can try.
    var fromAll: TryLimit? {
        switch self {
        case .password: TryLimit(free: 50, longest: 10)
        case .code: TryLimit(free: 10, longest: 300)
        case .reset: TryLimit(free: 5, first: 3_600, longest: 3_600)
        case .resets, .singleSignOn, .approval: nil
        }
    }
}
