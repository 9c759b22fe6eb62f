import Foundation
import HTTPTypes
import MicrosoftSandbox
import Testing

@Suite struct GraphUserTests {
    @Test func `users come with the properties that are usual, and those who sign in have their own ids`() async throws
    {
        let client = try await PracticeClient()
        let token = try await client.graphToken(tenant: PracticeClient.northgate)
        let reply = await client.graph(.get, "users", token)
        #expect(reply.status == 200)
        #expect(reply.json["@odata.context"] as? String == "http://127.0.0.1:8090/graph/v1.0/$metadata#users")
        let administrator = try #require(reply.items.first)
        #expect(administrator["id"] as? String == PracticeClient.claims(token)["oid"] as? String)
        #expect(
            Set(administrator.keys) == [
                "businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone", "officeLocation",
                "preferredLanguage", "surname", "userPrincipalName",
            ])
        #expect(Set(reply.texts("userPrincipalName")).count == reply.items.count)
        #expect(await client.graph(.get, "users", token).texts("displayName") == reply.texts("displayName"))
    }

    @Test func `fifteen hundred users are read by pages, each once`() async throws {
        let client = try await PracticeClient(customers: 500)
        let tenant = "dddddddd-0000-4000-8000-000000000500"
        let token = try await client.graphToken(tenant: tenant)
        let pages = await client.graphPages("users?$top=400&$select=id,displayName", token)
        #expect(pages.map(\.count) == [400, 400, 400, 300])
        #expect(Set(pages.joined().compactMap { $0["id"] as? String }).count == 1500)
        #expect(pages.joined().allSatisfy { $0.count == 2 })
        #expect(await client.graphPages("users", token).map(\.count) == Array(repeating: 100, count: 15))
    }

    @Test func `worlds have disabled people, guests, unlicensed people and names in other scripts`() async throws {
        let client = try await PracticeClient(customers: 500)
        let tenant = "dddddddd-0000-4000-8000-000000000500"
        let token = try await client.graphToken(tenant: tenant)
        let properties = "displayName,accountEnabled,userType,assignedLicenses,externalUserState"
        let users = await client.graphPages("users?$top=999&$select=\(properties)", token).flatMap { $0 }
        let names = users.compactMap { $0["displayName"] as? String }
        #expect(names.contains { $0.contains { ("\u{4E00}"..."\u{9FFF}").contains($0) } })
        #expect(names.contains { $0.unicodeScalars.contains { (0x590...0x6FF).contains($0.value) } })
        #expect(users.contains { $0["accountEnabled"] as? Bool == false })
        #expect(users.contains { $0["userType"] as? String == "Guest" && $0["externalUserState"] is String })
        #expect(users.contains { ($0["assignedLicenses"] as? [Any])?.isEmpty == true })
        #expect(users.contains { ($0["assignedLicenses"] as? [Any])?.isEmpty == false })
    }

    @Test func `a page asked for twice is the same page, and a token for one list opens no other`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let first = await client.graph(.get, "users?$top=2", token)
        let next = try #require(first.json["@odata.nextLink"] as? String)
        #expect(next.hasPrefix("http://127.0.0.1:8090/graph/v1.0/users?$top=2&$skiptoken="))
        let second = await client.graph(.get, next, token)
        #expect(second.items.count == 2)
        #expect(await client.graph(.get, next, token).texts("id") == second.texts("id"))
        let skip = try #require(PracticeClient.parameters(of: next)["$skiptoken"])
        #expect(await client.graph(.get, "groups?$skiptoken=\(skip)", token).errorCode == "Directory_ExpiredPageToken")
        #expect(await client.graph(.get, "users?$skiptoken=rubbish", token).status == 400)
        let elsewhere = try await client.graphToken(tenant: PracticeClient.northgate)
        #expect(await client.graph(.get, next, elsewhere).errorCode == "Directory_ExpiredPageToken")
    }

    @Test func `pages miss nobody when somebody leaves between them`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let all = await client.graph(.get, "users?$top=999", token).texts("id")
        let first = await client.graph(.get, "users?$top=6", token)
        let gone = try #require(first.texts("id").first)
        let control = await client.control("directories/\(PracticeClient.acme)/users/\(gone)", #"{"removed":"true"}"#)
        #expect(control.status == 200)
        let rest = await client.graphPages(first.json["@odata.nextLink"] as? String ?? "", token).joined()
        #expect(first.texts("id") + rest.compactMap { $0["id"] as? String } == all)
    }

    @Test(arguments: [
        ("userPrincipalName eq 'admin@acmecloud.example'", 1), ("userPrincipalName eq 'ADMIN@ACMECLOUD.example'", 1),
        ("mail eq 'nobody@acmecloud.example'", 0), ("startswith(displayName,'Ada')", 1),
        ("userType eq 'Member' and startswith(givenName,'N')", nil), ("accountEnabled eq true", nil),
        ("id in ('aaaaaaaa-0000-4000-8000-0000000000b1','aaaaaaaa-0000-4000-8000-0000000000b2')", 2),
        ("id eq aaaaaaaa-0000-4000-8000-0000000000b3", 1), ("displayName eq 'O''Brien'", 0),
        ("(mail eq 'admin@acmecloud.example' or mail eq 'clerk@acmecloud.example') and accountEnabled eq true", 2),
        ("createdDateTime ge 2030-01-01T00:00:00Z", 0),
    ])
    func `filters find whom they describe`(filter: String, count: Int?) async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let reply = await client.graph(.get, "users?$filter=\(filter)", token)
        #expect(reply.status == 200, "\(reply.text)")
        if let count { #expect(reply.items.count == count) } else { #expect(!reply.items.isEmpty) }
    }

    @Test func `filters look at the properties that they name`() async throws {
        let client = try await PracticeClient(customers: 500)
        let tenant = "dddddddd-0000-4000-8000-000000000500"
        let token = try await client.graphToken(tenant: tenant)
        for (name, value) in [
            ("userType", "'Guest'"), ("accountEnabled", "false"), ("externalUserState", "'Accepted'"),
        ] {
            let path = "users?$select=\(name)&$top=999&$filter=\(name) eq \(value)"
            let users = await client.graphPages(path, token).flatMap { $0 }
            #expect(!users.isEmpty && users.count < 1500)
            let values = Set(users.map { "\($0[name] ?? "")" })
            #expect(values.count == 1)
        }
    }

    @Test(arguments: [
        ("users?$skip=5", 400, "Request_UnsupportedQuery"), ("users?$top=0", 400, "Request_UnsupportedQuery"),
        ("users?$top=1000", 400, "Request_UnsupportedQuery"), ("users?$top=ten", 400, "BadRequest"),
        ("users?$top=99999999999999999999", 400, "BadRequest"), ("users?$top=1&$top=2", 400, "BadRequest"),
        ("users?$select=shoeSize", 400, "BadRequest"), ("users?$select=aboutMe", 501, "NotImplemented"),
        ("users?$select=id,mailboxSettings", 501, "NotImplemented"), ("users?$nonsense=1", 400, "BadRequest"),
        ("users?$filter=shoeSize eq 41", 400, "BadRequest"), ("users?$filter=mail eq", 400, "BadRequest"),
        ("users?$filter=mail eq 'x", 400, "BadRequest"), ("users?$filter=(mail eq 'x'", 400, "BadRequest"),
        ("users?$filter=mail is 'x'", 400, "BadRequest"), ("users?$filter=mail eq 'x' or", 400, "BadRequest"),
        ("users?$filter=accountEnabled eq 'yes'", 400, "BadRequest"), ("users?$filter=')", 400, "BadRequest"),
        ("users?$filter=assignedLicenses/$count eq 0", 400, "Request_UnsupportedQuery"),
        ("users?$filter=businessPhones eq 'x'", 400, "Request_UnsupportedQuery"),
        ("users?$filter=mail ne 'x'", 400, "Request_UnsupportedQuery"),
        ("users?$filter=not(mail eq 'x')", 400, "Request_UnsupportedQuery"),
        ("users?$filter=endsWith(mail,'x')&$count=true", 400, "Request_UnsupportedQuery"),
        ("users?$filter=mail eq 'x'&$orderby=displayName", 400, "Request_UnsupportedQuery"),
        ("users?$orderby=mail", 400, "Request_UnsupportedQuery"), ("users?$count=maybe", 400, "BadRequest"),
        ("users?$search=\"displayName:a\"", 400, "Request_UnsupportedQuery"),
        ("users/delta?$top=5", 400, "Request_UnsupportedQuery"),
        ("users/delta?$filter=mail eq 'x'", 400, "Request_UnsupportedQuery"),
        ("users/delta?$deltatoken=rubbish", 400, "syncStateNotFound"),
        ("users/delta?$skiptoken=rubbish", 400, "syncStateNotFound"),
        ("users/nobody@acmecloud.example", 404, "Request_ResourceNotFound"),
        ("users/%00%ff", 404, "Request_ResourceNotFound"),
        ("users/x/manager", 400, "BadRequest"), ("me?$select=%F0%9F%91%BB", 400, "BadRequest"),
        ("me?$filter=id eq 'x'", 400, "Request_UnsupportedQuery"),
    ])
    func `a query that makes no sense is refused, never a failure`(path: String, status: Int, code: String) async throws
    {
        let client = try await PracticeClient()
        let reply = await client.graph(.get, path, try await client.graphToken())
        #expect(reply.status == status, "\(reply.text)")
        #expect(reply.errorCode == code)
    }

    @Test func `a filter may be long and deep, up to a point`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let long = Array(repeating: "mail eq 'x'", count: 200).joined(separator: " or ")
        #expect(await client.graph(.get, "users?$filter=\(long)", token).status == 200)
        let deep = String(repeating: "(", count: 5000) + "mail eq 'x'" + String(repeating: ")", count: 5000)
        #expect(await client.graph(.get, "users?$filter=\(deep)", token).status == 400)
        let nots = String(repeating: "not ", count: 2000) + "mail eq 'x'"
        #expect(await client.graph(.get, "users?$filter=\(nots)", token).status == 400)
    }

    @Test func `advanced queries work with their header`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let eventual = ["ConsistencyLevel": "eventual"]
        let all = await client.graph(.get, "users?$top=999", token).items.count
        let counted = await client.graph(.get, "users?$count=true&$top=2", token, headers: eventual)
        #expect(counted.json["@odata.count"] as? Int == all)
        let next = await client.graph(.get, counted.json["@odata.nextLink"] as? String ?? "", token, headers: eventual)
        #expect(next.items.count == 2 && next.json["@odata.count"] == nil)
        #expect(await client.graph(.get, "users?$count=true", token).json["@odata.count"] == nil)
        let others = await client.graph(
            .get, "users?$count=true&$top=999&$filter=mail ne 'admin@acmecloud.example'", token, headers: eventual)
        #expect(others.items.count == all - 1)
        let ends = await client.graph(
            .get, "users?$count=true&$filter=endsWith(userPrincipalName,'CLERK@acmecloud.example')", token,
            headers: eventual)
        #expect(ends.items.count == 1)
        let found = await client.graph(
            .get, "users?$search=\"displayName:nofac\" OR \"mail:clerk@\"&$select=givenName", token, headers: eventual)
        #expect(Set(found.texts("givenName")) == ["Noah", "Cleo"])
        let broken = await client.graph(.get, "users?$search=displayName:x", token, headers: eventual)
        #expect(broken.status == 400)
    }

    @Test func `names are sorted both ways`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let up = await client.graphPages("users?$orderby=displayName&$top=3", token).joined()
        let names = up.compactMap { $0["displayName"] as? String }
        #expect(names == names.sorted { $0.lowercased() < $1.lowercased() })
        let down = await client.graph(.get, "users?$orderby=displayName desc&$top=1", token).texts("displayName")
        #expect(down.first == names.last)
    }

    @Test func `one user is found by id and by name, whatever the case`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let byName = await client.graph(.get, "users/ADMIN@acmecloud.example?$select=id,aboutMe", token)
        #expect(byName.json["id"] as? String == "aaaaaaaa-0000-4000-8000-0000000000b1")
        #expect(byName.json["aboutMe"] is NSNull)
        #expect(
            byName.json["@odata.context"] as? String
                == "http://127.0.0.1:8090/graph/v1.0/$metadata#users(id,aboutMe)/$entity")
        let byID = await client.graph(.get, "users/AAAAAAAA-0000-4000-8000-0000000000B1", token)
        #expect(byID.json["userPrincipalName"] as? String == "admin@acmecloud.example")
    }

    @Test func `me is whoever signed in, and nobody for an application`() async throws {
        let client = try await PracticeClient()
        let me = await client.graph(.get, "me", try await client.graphToken(as: "clerk@acmecloud.example"))
        #expect(me.json["displayName"] as? String == "Cleo Clerk")
        let reply = await client.graph(.get, "me", await client.applicationToken())
        #expect(reply.status == 400 || reply.status == 403)
    }

    @Test func `a token for oneself reads nobody else`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(scope: "\(PracticeClient.graph)/User.Read")
        #expect(await client.graph(.get, "me", token).status == 200)
        #expect(await client.graph(.get, "users/admin@acmecloud.example", token).status == 200)
        for path in ["users", "users/delta", "users/clerk@acmecloud.example", "users/nobody", "groups", "domains"] {
            #expect(await client.graph(.get, path, token).errorCode == "Authorization_RequestDenied")
        }
    }

    @Test func `a token of one tenant never shows another`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken(tenant: PracticeClient.northgate)
        let other = try await client.graphToken(tenant: PracticeClient.harbor)
        let theirs = await client.graph(.get, "users?$top=999", other).texts("id")
        let ours = await client.graph(.get, "users?$top=999", token).texts("id")
        #expect(Set(ours).isDisjoint(with: theirs))
        let stranger = try #require(theirs.first)
        for path in ["users/\(stranger)", "users/\(stranger)/memberOf", "groups/cccccccc-0b01-4000-8000-000000000002"] {
            #expect(await client.graph(.get, path, token).status == 404)
        }
        #expect(await client.graph(.get, "users?$filter=id eq '\(stranger)'", token).items.isEmpty)
        let organization = await client.graph(.get, "organization", token)
        #expect(organization.texts("id") == [PracticeClient.northgate])
    }

    @Test func `memberships are groups and directory roles`() async throws {
        let client = try await PracticeClient()
        let token = try await client.graphToken()
        let reply = await client.graph(.get, "users/admin@acmecloud.example/memberOf", token)
        #expect(reply.texts("displayName").contains("AdminAgents"))
        #expect(Set(reply.texts("@odata.type")) == ["#microsoft.graph.group", "#microsoft.graph.directoryRole"])
        let roles = await client.graph(.get, "users/admin@acmecloud.example/memberOf?$select=roleTemplateId", token)
        #expect(roles.texts("roleTemplateId") == ["62e90394-69f5-4237-9190-012177145e10"])
    }

    @Test(arguments: [
        ("users", "2"), ("users?$select=id", "1"), ("users?$top=5", "1"), ("users?$top=20", "2"), ("me", "1"),
        ("subscribedSkus", "3"), ("security/secureScores?$top=1", nil),
    ])
    func `a call says how many resource units it costs`(path: String, units: String?) async throws {
        let client = try await PracticeClient()
        let reply = await client.graph(.get, path, try await client.graphToken())
        #expect(reply.header("x-ms-resource-unit") == units)
    }

    @Test(arguments: [
        (HTTPRequest.Method.delete, "users"), (.put, "me"), (.post, "subscribedSkus"), (.get, "invitations"),
    ])
    func `a method that an address doesn't have is 405 in Graph's shape`(method: HTTPRequest.Method, path: String)
        async throws
    {
        let client = try await PracticeClient()
        let reply = await client.graph(method, path, try await client.graphToken())
        #expect(reply.status == 405)
        #expect(reply.errorCode != nil)
    }
}
