/// Who exists, for tests: partners, people who can sign in, the application.
struct WorldJSON {
    let json: JSON

    init(_ world: World) {
        json = [
            "seed": .integer(Int(clamping: world.settings.seed)), "names": .string(world.settings.names.rawValue),
            "password": .string(World.password), "mfaCode": .string(World.mfaCode),
            "application": [
                "clientId": .string(world.application.id), "clientSecret": .string(world.application.secret),
            ],
            "partners": .array(
                world.partners.map { partner in
                    [
                        "tenantId": .string(partner.tenantID), "name": .string(partner.name),
                        "domains": .strings(partner.domains), "customers": .integer(partner.customers.count),
                    ]
                }),
            "accounts": .array(
                world.accounts.map { account in
                    [
                        "userName": .string(account.userName), "tenantId": .string(account.tenantID),
                        "purpose": .string(account.purpose),
                    ]
                }),
            "customers": .array(
                world.partners.flatMap { partner in
                    partner.customers.prefix(100).map { customer in
                        [
                            "tenantId": .string(customer.id), "name": .string(customer.name),
                            "domains": .strings(customer.domains), "partnerTenantId": .string(partner.tenantID),
                            "people": .strings(customer.people.map(\.userName)),
                        ]
                    }
                }),
        ]
    }
}
