import HTTPTypes

/// Refusals of calls on a directory's objects.
extension GraphFault {
    static let meWithoutUser = GraphFault(
        .badRequest, "BadRequest", "/me request is only valid with delegated authentication flow.")
    static let syncStateNotFound = GraphFault(
        .badRequest, "syncStateNotFound", "The sync state is not found: start the synchronization anew.")
    static let memberExists = badRequest(
        "One or more added object references already exist for the following modified properties: 'members'.")
    static let bodyMissing = GraphFault(
        .badRequest, "BadRequest", "Empty Payload. JSON content expected.")

    /// 410: the caller begins a new round at the address.
    static func resyncRequired(location: String) -> GraphFault {
        GraphFault(
            .gone, "syncStateNotFound", "The delta token has expired: start the synchronization anew.",
            headers: [.location: location])
    }

    static func conflict(_ message: String) -> GraphFault {
        GraphFault(.conflict, "Request_MultipleObjectsWithSameKeyValue", message)
    }

    static func missing(_ property: String, of resource: String) -> GraphFault {
        badRequest("A value is required for property '\(property)' of resource '\(resource)'.")
    }

    static func invalid(_ property: String, of resource: String) -> GraphFault {
        badRequest("Invalid value specified for property '\(property)' of resource '\(resource)'.")
    }

    /// In a body.
    static func unknownProperty(_ property: String, of type: String) -> GraphFault {
        GraphFault(
            .badRequest, "BadRequest",
            "The property '\(property)' does not exist on type '\(type)'. Make sure to only use property names that "
                + "are defined by the type.")
    }

    static func wrongType(_ property: String, _ wanted: String) -> GraphFault {
        GraphFault(
            .badRequest, "BadRequest",
            "Cannot convert the value of the property '\(property)' to the expected type '\(wanted)'.")
    }
}
