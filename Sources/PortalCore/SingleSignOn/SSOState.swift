import Foundation
import PortalKit

/// How it stands with single sign-on at a broker, at one moment. Rows and the time decide, so a restart changes nothing.
struct SSOState: Sendable {
    let provider: SSOProvider?
    let pause: SSOPause?
    let suspension: SSOSuspension?

    /// Whether the owner's setting says so, be it paused or not.
    var isRequiredBySetting: Bool { provider.map { $0.isEnabled && $0.isRequired } ?? false }

    /// Whether the broker's own people can be in with nothing else now.
    var isRequired: Bool { isRequiredBySetting && pause == nil && suspension == nil }
}

extension DatabaseConnection {
    mutating func ssoState(of broker: Key<Broker>, now: Date) throws -> SSOState {
        try SSOState(
            provider: ssoProvider(of: broker), pause: ssoPause(of: broker, now: now),
            suspension: ssoSuspension(of: broker, now: now))
    }
}

extension SQL {
    /// Of a row of `portal_user`: whether the person may be in by other ways than single sign-on. It is required of the
    /// broker's own people; its customers' people have no accounts at its provider.
    static func mayUsePassword(now: Date) -> SQL {
        """
        (portal_user.organization_id IS NOT NULL OR NOT EXISTS (
            SELECT 1 FROM sso_provider WHERE sso_provider.broker_id = portal_user.broker_id
                AND is_enabled = TRUE AND is_required = TRUE
                AND NOT EXISTS (SELECT 1 FROM sso_pause
                    WHERE sso_pause.broker_id = portal_user.broker_id AND until > \(now))
                AND NOT EXISTS (SELECT 1 FROM sso_suspension
                    WHERE sso_suspension.broker_id = portal_user.broker_id AND until > \(now))))
        """
    }
}
