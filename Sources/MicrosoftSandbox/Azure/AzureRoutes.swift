import Foundation
import HTTPTypes
import Hummingbird

/// `/azure`: Azure Resource Manager, as far as a partner's portal calls it.
struct AzureRoutes {
    let sandbox: MicrosoftSandbox

    func add(to router: Router<SandboxContext>) {
        for method in [HTTPRequest.Method.get, .put, .post, .delete] {
            router.on("azure/**", method: method) { _, _ in
                Response.json(
                    ["error": ["code": "InvalidResourceType", "message": "The resource type could not be found."]],
                    status: .notFound)
            }
        }
    }
}
