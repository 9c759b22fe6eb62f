import HTTPTypes

/// Whether a domain is taken: 200 when it is, 404 when it is free, without a body. Source: Microsoft Learn, "Verify
/// domain availability".
struct DomainCheck {
    let call: PartnerCenterCall

    init(_ call: PartnerCenterCall) { self.call = call }

    func answer() -> PartnerCenterAnswer {
        let domain = call.parameter("domain").lowercased()
        return PartnerCenterAnswer(call.sandbox.world.directory(named: domain) == nil ? .notFound : .ok)
    }
}
