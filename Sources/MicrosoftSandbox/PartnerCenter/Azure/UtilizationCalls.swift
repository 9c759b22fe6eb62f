import Foundation
import HTTPTypes

/// Usage of a legacy subscription by days or hours; a plan's is elsewhere. Source: Microsoft Learn, "Get a customer's
/// utilization records for Azure".
struct UtilizationCalls {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    private static let largestPage = 1000
    private static let secondsUntilReady = 60

    /// Not ready while the asked for time isn't over: 204 with `Retry-After`.
    func list() throws -> PartnerCenterAnswer {
        let (subscription, customer) = try call.subscription()
        guard subscription.kind == .legacyAzure else { throw PartnerCenterFault.notAzure }
        let isHourly = try granularity()
        let unit: TimeInterval = isHourly ? 3600 : 86400
        let start = try time("start_time", unit)
        let end = try time("end_time", unit)
        guard start < end else { throw PartnerCenterFault.invalidProperty("end_time") }
        let size = try call.query.number("size") ?? Self.largestPage
        guard (1...Self.largestPage).contains(size) else { throw PartnerCenterFault.invalidProperty("size") }
        guard end <= call.now else { return PartnerCenterAnswer(.noContent, retryAfter: Self.secondsUntilReady) }
        let showsDetails = call.query["show_details"]?.lowercased() != "false"
        let meters = AzureUsage(subscription: subscription).meters
        let uri =
            "/customers/\(customer.id)/subscriptions/\(subscription.id)/utilizations/azure?start_time="
            + "\(start.formatted(.iso8601))&end_time=\(end.formatted(.iso8601))"
            + "&granularity=\(isHourly ? "hourly" : "daily")&show_details=\(showsDetails)&size=\(size)"
        let first = max(start, subscription.createdAt.addingTimeInterval(-unit))
        let periods = max(0, Int(end.timeIntervalSince(first) / unit))
        return try SeekPage(call: call, uri: uri).answer(count: periods * meters.count, size: size) { place in
            let begin = end.addingTimeInterval(-unit * Double(periods - place / meters.count))
            return record(
                meters[place % meters.count], DateInterval(start: begin, duration: unit), subscription, isHourly,
                showsDetails)
        }
    }

    private func granularity() throws(PartnerCenterFault) -> Bool {
        switch call.query["granularity"]?.lowercased() {
        case nil, "daily": false
        case "hourly": true
        default: throw .invalidProperty("granularity")
        }
    }

    /// At a full day or hour.
    private func time(_ name: String, _ unit: TimeInterval) throws(PartnerCenterFault) -> Date {
        guard let text = call.query[name], let date = PartnerCenterDate.read(text.replacing(" ", with: "+")),
            date.timeIntervalSince1970.truncatingRemainder(dividingBy: unit) == 0
        else { throw .invalidProperty(name) }
        return date
    }

    private func record(
        _ meter: AzureUsage.Meter, _ period: DateInterval, _ subscription: Subscription, _ isHourly: Bool,
        _ showsDetails: Bool
    ) -> JSON {
        let azureID = subscription.entitlementID ?? subscription.id
        let provider = "Microsoft.\(meter.category.replacing(" ", with: ""))"
        let instance: JSON = [
            "resourceUri": "/subscriptions/\(azureID)/resourcegroups/rg1/providers/\(provider)/example",
            "location": "westus", "partNumber": "", "orderNumber": "", "additionalInfo": [:],
        ]
        return [
            "usageStartTime": PartnerCenterDate.offset(period.start),
            "usageEndTime": PartnerCenterDate.offset(period.end),
            "resource": [
                "id": .string(meter.id), "name": .string(meter.name), "category": .string(meter.category),
                "subcategory": .string(meter.subcategory), "region": .string(meter.region),
            ],
            "quantity": .number(Double(meter.daily) / (isHourly ? 240_000 : 10_000)), "unit": .string(meter.unit),
            "infoFields": [:], "instanceData": showsDetails ? instance : .absent,
            "attributes": ["objectType": "AzureUtilizationRecord"],
        ]
    }
}
