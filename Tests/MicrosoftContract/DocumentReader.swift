/// Reads the parts of an OpenAPI document that are not schemas. A member that it does not know is an error.
struct DocumentReader {
    private static let methods: Set<String> = ["get", "head", "post", "put", "patch", "delete"]

    private let components: [String: [String: DocumentNode]]
    private let schemes: [String: DocumentNode]
    private let needsBearerToken: Bool

    init(components: DocumentNode?, security: DocumentNode?) throws {
        let kinds: Set<String> = ["schemas", "parameters", "headers", "responses", "requestBodies", "securitySchemes"]
        self.components = try components?.members(among: kinds).mapValues { try $0.members() } ?? [:]
        let schemes = self.components["securitySchemes"] ?? [:]
        self.schemes = schemes
        needsBearerToken = try security.map { try Self.bearer($0, schemes) } ?? false
        for scheme in schemes.values {
            let members = try scheme.members(among: ["type", "scheme", "bearerFormat", "description"])
            guard try members["type"]?.string() == "http", try members["scheme"]?.string() == "bearer" else {
                throw scheme.error("is not a bearer token")
            }
        }
    }

    func schemas() throws -> [String: Schema] { try components["schemas"]?.mapValues { try Schema($0) } ?? [:] }

    func operations(_ paths: DocumentNode) throws -> [ContractOperation] {
        try paths.members().flatMap { path, item in
            let template = try PathTemplate(item, text: path)
            let members = try item.members(among: Self.methods.union(["parameters", "description"]))
            let shared = try members["parameters"].map { try parameters($0) } ?? []
            return try members.filter { Self.methods.contains($0.key) }.map { method, node in
                try operation(node, method.uppercased(), template, shared)
            }
        }
    }

    private func operation(
        _ node: DocumentNode, _ method: String, _ path: PathTemplate, _ shared: [ContractOperation.Parameter]
    ) throws -> ContractOperation {
        let members = try node.members(among: [
            "operationId", "summary", "description", "security", "parameters", "requestBody", "responses", "x-batch",
        ])
        let parameters = try shared + (members["parameters"].map { try self.parameters($0) } ?? [])
        let inPath = parameters.filter { $0.place == .path }.map(\.name)
        guard Set(inPath) == Set(path.variables) else {
            throw node.error("has other parameters than the variables of its path")
        }
        guard let responses = members["responses"] else { throw node.error("has no responses") }
        return ContractOperation(
            method: method, path: path,
            needsBearerToken: try members["security"].map { try Self.bearer($0, schemes) } ?? needsBearerToken,
            isBatch: try members["x-batch"]?.bool() ?? false, parameters: parameters,
            body: try members["requestBody"].map { try requestBody($0) },
            responses: try responses.members().mapValues { try response($0) })
    }

    private static func bearer(_ node: DocumentNode, _ schemes: [String: DocumentNode]) throws -> Bool {
        let requirements = try node.elements()
        for requirement in requirements { _ = try requirement.members(among: Set(schemes.keys)) }
        return !requirements.isEmpty
    }

    /// The node itself, or the component to which its `$ref` leads.
    private func resolved(_ node: DocumentNode, _ kind: String) throws -> DocumentNode {
        guard let reference = try node.members()["$ref"]?.string() else { return node }
        let prefix = "#/components/\(kind)/"
        guard reference.hasPrefix(prefix), let target = components[kind]?[String(reference.dropFirst(prefix.count))]
        else { throw node.error("leads nowhere: \(reference)") }
        _ = try node.members(among: ["$ref"])
        return target
    }

    private func parameters(_ node: DocumentNode) throws -> [ContractOperation.Parameter] {
        try node.elements().map { element in
            let node = try resolved(element, "parameters")
            let members = try node.members(among: ["name", "in", "required", "description", "schema", "content"])
            let json = try members["content"]?.members(among: ["application/json"])["application/json"]
            guard let name = try members["name"]?.string(),
                let place = try members["in"]?.word(ContractOperation.Parameter.Place.self),
                let schema = try members["schema"] ?? json?.members(among: ["schema"])["schema"]
            else { throw node.error("lacks a name, a place or a schema") }
            return ContractOperation.Parameter(
                name: name, place: place, isRequired: try members["required"]?.bool() ?? false,
                schema: try Schema(schema), isJSON: json != nil)
        }
    }

    private func requestBody(_ node: DocumentNode) throws -> ContractOperation.Body {
        let members = try resolved(node, "requestBodies").members(among: ["required", "content", "description"])
        return try body(members["content"], isRequired: try members["required"]?.bool() ?? false, node)
    }

    private func response(_ node: DocumentNode) throws -> ContractOperation.Response {
        let node = try resolved(node, "responses")
        let members = try node.members(among: ["description", "headers", "content", "x-body-optional"])
        let isOptional = try members["x-body-optional"]?.bool() ?? false
        return ContractOperation.Response(
            headers: try members["headers"]?.members().mapValues { try header($0) } ?? [:],
            body: try members["content"].map { try body($0, isRequired: !isOptional, node) })
    }

    private func header(_ node: DocumentNode) throws -> ContractOperation.Header {
        let node = try resolved(node, "headers")
        let members = try node.members(among: ["description", "required", "schema", "x-echoes-request"])
        guard let schema = members["schema"] else { throw node.error("has no schema") }
        return ContractOperation.Header(
            isRequired: try members["required"]?.bool() ?? false, schema: try Schema(schema),
            echoesRequest: try members["x-echoes-request"]?.bool() ?? false)
    }

    private func body(
        _ content: DocumentNode?, isRequired: Bool, _ node: DocumentNode
    ) throws -> ContractOperation.Body {
        guard let media = try content?.members(), !media.isEmpty else { throw node.error("has no media type") }
        return ContractOperation.Body(
            isRequired: isRequired,
            schemas: try media.mapValues { try $0.members(among: ["schema"])["schema"].map { try Schema($0) } })
    }
}
