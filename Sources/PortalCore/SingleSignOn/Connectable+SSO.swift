import PortalKit

extension Connectable {
    /// Whether its provider can't be connected while a broker requires single sign-on of its people.
    static var needsSSONotRequired: Bool {
        requirements.contains { $0.judge == .portal(.singleSignOnNotRequired) }
    }
}
