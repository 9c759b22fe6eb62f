import Foundation

/// All that a sandbox must remember. Codes, refresh tokens and sign-in flows are sealed with `sealingKey` and carry
/// their own contents, so they need no rows here.
struct SandboxState: Codable, Sendable {
    /// 32 bytes, AES-256.
    var sealingKey: Data
    /// RSA 2048, PEM. The first one signs.
    var signingKeys: [String]
    var consents = ConsentList()
    /// The ids of used authorization codes with the time after which they would be too old anyway.
    var redeemedCodes: [String: Date] = [:]
    /// How far the clock was moved forward, in seconds.
    var clockOffset: TimeInterval = 0
    var refusesMissingMFA = MFARefusal.withBody
    /// Nil while the configuration's world was not replaced.
    var worldSettings: WorldSettings?
    var worldChanges = WorldChanges()
    var identity = IdentityState()
    var commerce = CommerceState()
    var directories = DirectoryState()
    var partnerships = PartnershipState()
    var azure = AzureState()

    init(sealingKey: Data, signingKeys: [String]) {
        self.sealingKey = sealingKey
        self.signingKeys = signingKeys
    }

    mutating func forgetEverythingButKeys() {
        self = SandboxState(sealingKey: sealingKey, signingKeys: signingKeys)
    }

    /// False when the code was redeemed before.
    mutating func redeem(code id: String, until expiry: Date, now: Date) -> Bool {
        redeemedCodes = redeemedCodes.filter { $0.value > now }
        return redeemedCodes.updateValue(expiry, forKey: id) == nil
    }
}
