/// One documented call.
struct ContractOperation: Sendable {
    struct Parameter: Sendable {
        enum Place: String, Sendable {
            case path, query, header
        }

        let name: String
        let place: Place
        let isRequired: Bool
        let schema: Schema
        /// Whether its text is JSON (`content` in place of `schema`).
        let isJSON: Bool
    }

    /// Of a request or a response, by media type.
    struct Body: Sendable {
        let isRequired: Bool
        /// nil where the document describes no more than the media type.
        let schemas: [String: Schema?]
    }

    struct Header: Sendable {
        let isRequired: Bool
        let schema: Schema
        /// Whether it repeats the value that the request had under the same name.
        let echoesRequest: Bool
    }

    struct Response: Sendable {
        let headers: [String: Header]
        /// nil where there is none.
        let body: Body?
    }

    /// `GET`, `POST` …
    let method: String
    let path: PathTemplate
    let needsBearerToken: Bool
    /// Whether its bodies carry calls and their answers.
    let isBatch: Bool
    let parameters: [Parameter]
    let body: Body?
    /// By status (`200`) or class of statuses (`5XX`).
    let responses: [String: Response]

    var name: String { "\(method) \(path.text)" }

    /// Every `$ref` to a schema in it.
    var references: Set<String> {
        let bodies = ([body] + responses.values.map(\.body)).compactMap(\.self)
        let schemas =
            bodies.flatMap { $0.schemas.values.compactMap(\.self) } + parameters.map(\.schema)
            + responses.values.flatMap { $0.headers.values.map(\.schema) }
        return schemas.reduce(into: []) { $0.formUnion($1.references) }
    }

    func response(to status: Int) -> Response? {
        responses[String(status)] ?? responses["\(status / 100)XX"]
    }
}
