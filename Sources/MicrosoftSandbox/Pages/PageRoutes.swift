import HTML
import HTTPTypes
import Hummingbird
import NIOCore

/// The control page and what pages need.
struct PageRoutes {
    let sandbox: MicrosoftSandbox

    func add(to router: Router<SandboxContext>) {
        router.get("/") { _, _ in Response.page(ControlPage(sandbox: sandbox).html) }
        router.get("entra/error") { request, _ in Response.page(explanation(FormFields(query: request)["code"] ?? "")) }
        router.get("sandbox.css") { _, _ in asset(Stylesheet.css, "text/css; charset=utf-8") }
        router.get("favicon.svg") { _, _ in asset(Stylesheet.icon, "image/svg+xml") }
    }

    /// What `error_uri` leads to.
    private func explanation(_ code: String) -> HTML {
        PageLayout(title: "Error \(code)").page(
            """
            <h1>AADSTS\(code)</h1>
            <p>What the code means, and what to do, is in Microsoft’s documentation under \
            <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Microsoft Entra \
            authentication and authorization error codes</a>.</p>
            """)
    }

    private func asset(_ text: String, _ type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-cache", .xContentTypeOptions: "nosniff"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
