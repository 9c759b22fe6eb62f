import HTTPTypes
import Testing

@Suite struct PartnerCenterCatalogueTests {
    @Test func `from product to SKU to availability, to what a cart wants`() async throws {
        let partner = try await PracticePartner()
        let products = await partner.items("products?country=US&targetView=OnlineServices&targetSegment=commercial")
        #expect(products.first?["id"] as? String == "CFQ7TTC0LH18")
        let skus = await partner.items("products/CFQ7TTC0LH18/skus?country=US")
        #expect(skus.map { $0["isTrial"] as? Bool } == [false, true])
        let attributes = skus.first?["dynamicAttributes"] as? [String: Any]
        #expect(attributes?["provisioningId"] as? String == "3b555118-da6a-4418-894f-7df1e2096870")
        let availability = await partner.items("Products/cfq7ttc0lh18/SKUs/0001/Availabilities?Country=US").first ?? [:]
        #expect(availability["catalogItemId"] as? String == PracticePartner.basic)
        #expect(availability["isPurchasable"] as? Bool == true)
        let terms = availability["terms"] as? [[String: Any]] ?? []
        #expect(Set(terms.compactMap { $0["duration"] as? String }) == ["P1M", "P1Y", "P3Y"])
        #expect((availability["defaultCurrency"] as? [String: String])?["code"] == "USD")
    }

    @Test(arguments: [
        ("products?country=US", 400, "3000"), ("products?targetView=OnlineServices", 400, "3000"),
        ("products?country=US&targetView=Secret", 403, "400036"),
        ("products?country=US&targetView=OnlineServices&targetSegment=government", 403, "400030"),
        ("products/NONE/skus?country=US", 404, "400013"), ("products/CFQ7TTC0LH18/skus/9999?country=US", 404, "400018"),
        ("products/CFQ7TTC0LH18/skus/0001/availabilities/NONE?country=US", 404, "400019"),
        ("products/CFQ7TTC0HD33/skus/0001/availabilities/CFQ7TTC0KHV2?country=US", 200, "400072"),
        ("productpromotions?country=US", 400, "3000"), ("offers?country=US", 200, nil), ("offers", 400, "3000"),
        ("products/CFQ7TTC0HVZV?country=US", 200, nil),
        ("customers/cccccccc-0000-4000-8000-000000000001/products/CFQ7TTC0HVZV", 404, "400013"),
        ("customers/cccccccc-0000-4000-8000-000000000003/products/CFQ7TTC0HVZV", 200, nil),
        (
            "customers/cccccccc-0000-4000-8000-000000000001/products?targetView=OnlineServices&targetSegment=education",
            403, "400030"
        ),
    ])
    func `what isn't there, isn't allowed or is gone has its code`(path: String, status: Int, code: String?)
        async throws
    {
        let partner = try await PracticePartner()
        let reply = await partner.get(path)
        #expect(reply.status == status)
        #expect(reply.code == code)
    }

    @Test func `a customer's catalogue has its currency, and the Azure plan its view`() async throws {
        let partner = try await PracticePartner()
        let path = "customers/cccccccc-0000-4000-8000-000000000004/products"
        #expect(
            await partner.items("\(path)?targetView=MicrosoftAzure").map { $0["id"] as? String } == ["DZH318Z0BPS6"])
        let availability = await partner.items("\(path)/DZH318Z0BPS6/skus/0001/availabilities").first
        #expect((availability?["defaultCurrency"] as? [String: String])?["code"] == "EUR")
    }

    @Test func `promotions are by segment and country`() async throws {
        let partner = try await PracticePartner()
        #expect(await partner.items("productpromotions?segment=Commercial&country=US").count == 1)
        #expect(await partner.items("productpromotions?segment=nonprofit&country=US").isEmpty)
    }
}
