/// Why a provider's metadata or keys are not used.
public enum DiscoveryError: Error, Equatable {
    case refused(status: Int, body: [UInt8])
    case unreadable
    case tooLong
    /// The metadata is of the issuer named here.
    case otherIssuer(String)
    /// The member of this name, or the issuer asked for, is no address that a client may call.
    case unsafeAddress(String, String)
}
