import Foundation
import PortalCore
import Testing

@Suite struct ConfigurationTests {
    private func problems(_ environment: [String: String]) -> String {
        do {
            _ = try PortalConfiguration(environment: environment)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func `practice mode needs nothing else`() throws {
        let configuration = try PortalConfiguration(environment: ["GATEHOUSE_PRACTICE": "1", "GATEHOUSE_PORT": "8181"])
        #expect(
            configuration.regions.map { "\($0.baseURL)" } == [
                "http://eu.gatehouse.localhost:8181", "http://us.gatehouse.localhost:8181",
            ])
    }

    @Test func `everything that is wrong is told at once`() {
        let told = problems([
            "GATEHOUSE_PRACTICE": "perhaps", "GATEHOUSE_WORKERS": "0", "GATEHOUSE_COLOUR": "red",
            "GATEHOUSE_REGION_EU": "eu",
        ])
        for name in [
            "GATEHOUSE_PRACTICE", "GATEHOUSE_WORKERS", "GATEHOUSE_COLOUR: there is no such setting",
            "GATEHOUSE_REGION_EU",
        ] {
            #expect(told.contains(name), "\(name)")
        }
    }

    @Test func `practice mode refuses an address that is not on this machine`() {
        #expect(
            problems(["GATEHOUSE_PRACTICE": "1", "GATEHOUSE_REGION_EU": "https://eu.example.com"]).contains(
                "runs on this machine only"))
    }

    @Test func `outside practice mode a region is needed, and https`() {
        #expect(problems([:]).contains("set the base URL of at least one region"))
        #expect(problems(["GATEHOUSE_REGION_EU": "http://eu.example.com"]).contains("use https"))
        #expect(problems(["GATEHOUSE_REGION_EU": "https://eu.example.com"]) == "")
    }

    @Test(arguments: [
        "https://eu.example.com/path", "ftp://eu.example.com", "https://user@eu.example.com",
        "https://eu.example.com?x=1", "eu.example.com", "https://",
    ])
    func `a base URL is scheme, host and port`(text: String) {
        #expect(BaseURL(text) == nil)
    }

    @Test func `a plugin's settings come from the environment, secrets from files too`() throws {
        let file = NSTemporaryDirectory() + "gatehouse-secret-\(UUID().uuidString)"
        try "s3cret\n".write(toFile: file, atomically: true, encoding: .utf8)
        let configuration = try PortalConfiguration(environment: [
            "GATEHOUSE_PRACTICE": "1", "GATEHOUSE_PLUGIN_TOY_CLOUD__API_KEY_FILE": file,
            "GATEHOUSE_PLUGIN_TOY_CLOUD__MODE": "fast",
        ])
        #expect(configuration.pluginSettings == ["toy-cloud": ["api-key": "s3cret", "mode": "fast"]])
    }
}
