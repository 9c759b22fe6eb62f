import Foundation

/// How much of a partner's use of Partner Center was with MFA: invented, for the last seven days. Source: Microsoft
/// Learn, "Partner security requirements resources".
struct MFAStatusCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    private static let days = 7

    private func day(_ ago: Int) -> Date {
        Subscription.calendar.startOfDay(for: call.now).addingTimeInterval(-86400 * Double(ago))
    }

    /// A bare list, of days and applications.
    func adoption() -> PartnerCenterAnswer {
        let application = call.sandbox.world.application
        return PartnerCenterAnswer(
            json: .array(
                (1...Self.days).map { ago in
                    [
                        "applicationId": .string(application.id), "applicationName": .string(application.name),
                        "loginDate": PartnerCenterDate.withoutZone(day(ago)), "totalRequestCount": .integer(100 + ago),
                        "mfaCompliantRequestCount": .integer(100),
                    ]
                }))
    }

    /// People who signed in to the portal without it.
    func people() -> PartnerCenterAnswer {
        let accounts = call.sandbox.world.accounts.filter { $0.tenantID == call.partner.tenantID && !$0.isAskedForMFA }
        return .collection(
            accounts.map { account in
                [
                    "objectId": .string(account.id), "tenantId": .string(account.tenantID),
                    "upn": .string(account.userName),
                    "lastNonMfaCompliantRequestDateTime": .string(
                        day(1).addingTimeInterval(79_793).formatted(.iso8601).dropLast() + ".051"),
                ]
            })
    }

    func requests() -> PartnerCenterAnswer {
        let application = call.sandbox.world.application
        let accounts = call.sandbox.world.accounts.filter { $0.tenantID == call.partner.tenantID && $0.isAdminAgent }
        return .collection(
            accounts.map { account in
                [
                    "requestId": .string(account.id), "correlationId": .string(account.id),
                    "operationName": "GET /v1/customers",
                    "requestDateTime": PartnerCenterDate.withoutZone(day(1).addingTimeInterval(36_000)),
                    "ipAddress": "192.0.2.1", "objectId": .string(account.id), "tenantId": .string(account.tenantID),
                    "upn": .string(account.userName), "applicationId": .string(application.id),
                    "mfaCompliant": .bool(account.isAskedForMFA),
                ]
            })
    }
}
