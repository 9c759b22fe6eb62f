import GuestOnboarding
import MicrosoftCSPDirect
import PortalKit

/// What this portal is built with, in the order of the marketplace.
let plugins: [any ProviderPlugin.Type] = [
    MicrosoftCSPDirect.self,
    GuestOnboarding.self,
]
