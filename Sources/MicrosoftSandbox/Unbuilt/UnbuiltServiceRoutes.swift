import Foundation
import HTTPTypes
import Hummingbird

/// `/graph` and `/azure`: every call is answered 501 in the error shape of each. Source: Microsoft Learn, "Microsoft
/// Graph error responses and resource types" and "Azure REST API reference".
struct UnbuiltServiceRoutes {
    let sandbox: MicrosoftSandbox

    func add(to router: Router<SandboxContext>) {
        for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] {
            router.on("graph/**", method: method) { _, _ in
                let id = UUID().uuidString.lowercased()
                return Response.json(
                    [
                        "error": [
                            "code": "notImplemented",
                            "message": "The sandbox does not answer for Microsoft Graph yet.",
                            "innerError": [
                                "date": .string(String(sandbox.now.formatted(.iso8601).dropLast())),
                                "request-id": .string(id), "client-request-id": .string(id),
                            ],
                        ]
                    ], status: .notImplemented)
            }
            router.on("azure/**", method: method) { _, _ in
                Response.json(
                    ["error": ["code": "NotImplemented", "message": "The sandbox does not answer for Azure yet."]],
                    status: .notImplemented)
            }
        }
    }
}
