import HTTPTypes

/// Refusals of query options.
extension GraphFault {
    private static func unsupported(_ message: String) -> GraphFault {
        GraphFault(.badRequest, "Request_UnsupportedQuery", message)
    }

    private static func malformed(_ message: String) -> GraphFault { GraphFault(.badRequest, "BadRequest", message) }

    static let unsupportedQuery = unsupported("Unsupported Query.")
    static let unsupportedSorting = unsupported("Sorting not supported for current query.")
    static let incompatibleTypes = malformed(
        "Invalid filter clause: A binary operator with incompatible types was detected.")
    /// Source: Microsoft Learn, "Advanced query capabilities on Microsoft Entra ID objects".
    static let searchNeedsConsistencyLevel = unsupported(
        """
        Request with $search query parameter only works through MSGraph with a special request header: \
        'ConsistencyLevel: eventual'
        """)
    static let expiredPageToken = GraphFault(
        .badRequest, "Directory_ExpiredPageToken",
        "The specified page token value has expired and can no longer be included in your request.")
    static let methodNotAllowed = GraphFault(
        .methodNotAllowed, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.")

    static func invalidPageSize(_ text: String, largest: Int) -> GraphFault {
        unsupported("Invalid page size specified: '\(text)'. Must be between 1 and \(largest) inclusive.")
    }

    static func unsupportedFilter(_ property: String) -> GraphFault {
        unsupported("Unsupported or invalid query filter clause specified for property '\(property)'.")
    }

    static func unsupportedQueryOption(_ name: String) -> GraphFault {
        unsupported("'\(name)' is not supported by the service.")
    }

    static func unknownQueryOption(_ name: String) -> GraphFault {
        malformed("The query parameter '\(name)' is not supported.")
    }

    static func repeatedQueryOption(_ name: String) -> GraphFault {
        malformed("Query option '\(name)' was specified more than once, but it must be specified at most once.")
    }

    static func invalidQueryOption(_ name: String, _ value: String) -> GraphFault {
        malformed("Invalid value '\(value)' for \(name) query option found.")
    }

    static func invalidFilter(_ reason: String) -> GraphFault { malformed("Invalid filter clause: \(reason)") }

    static func invalidSearch(_ text: String) -> GraphFault {
        malformed("Syntax error in the $search clause '\(text)': expected \"property:value\".")
    }

    static func unknownProperty(_ name: String, of type: String, in place: String) -> GraphFault {
        malformed("\(place): Could not find a property named '\(name)' on type '\(type)'.")
    }

    static func notImplemented(_ property: String) -> GraphFault {
        GraphFault(.notImplemented, "NotImplemented", "The property '\(property)' can't be returned in a collection.")
    }

    static func invalidID(_ id: String) -> GraphFault { badRequest("Invalid object identifier '\(id)'.") }
}
