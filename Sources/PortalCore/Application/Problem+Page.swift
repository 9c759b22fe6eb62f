import HTML
import PortalKit

extension Problem {
    /// The whole of it, with what the provider said, to read and to copy.
    func box(reference: String? = nil, action: HTML? = nil) -> HTML {
        problemBox(
            title: title, explanation: explanation, nextStep: nextStep, facts: facts.map { ($0.name, $0.value) },
            reference: reference, action: action)
    }
}

extension Actor {
    /// Who that is, for the broker's people.
    var words: String {
        switch self {
        case .broker: "You"
        case .partnerAdministrator: "Your administrator at the provider"
        case .customer: "The customer's administrator"
        case .guest: "The guest account's person"
        case .portalAdministrator: "The administrator of this portal"
        case .provider: "The provider"
        case .portal: "The portal, by itself"
        }
    }
}
