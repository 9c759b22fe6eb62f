import Testing

@testable import MicrosoftKit

@Suite struct MicrosoftEndpointsTests {
    @Test(arguments: [
        ("global", "https://graph.microsoft.com", "https://management.azure.com"),
        ("us-government", "https://graph.microsoft.us", "https://management.usgovcloudapi.net"),
        ("china", "https://microsoftgraph.chinacloudapi.cn", "https://management.chinacloudapi.cn"),
        ("http://127.0.0.1:9000/", "http://127.0.0.1:9000/graph", "http://127.0.0.1:9000/azure"),
    ])
    func `each cloud has its own Graph and Azure`(cloud: String, graph: String, azure: String) throws {
        let endpoints = try #require(MicrosoftEndpoints(cloud))
        #expect(endpoints.graph == graph && endpoints.azureManagement == azure)
    }
}
