import FastCGI
import Foundation
import HTML
import HTTPTypes
import Hummingbird
import PortalKit

/// One request by one person who is signed in and may make it.
struct Visit: Sendable {
    let portal: Portal
    let request: Request
    let context: PortalContext
    let place: Place
    let session: Session
    /// The fields of a POST.
    let form: [String: String]
    let now: Date

    var user: User { session.user }

    /// The person's broker.
    ///
    /// - Throws: ``PageError/notFound`` for people without one.
    var broker: Broker {
        get throws {
            guard let broker = session.broker else { throw PageError.notFound }
            return broker
        }
    }

    var asPublic: PublicVisit {
        PublicVisit(portal: portal, request: request, context: context, place: place, form: form, now: now)
    }

    func may(_ permission: Permission) -> Bool { session.access.permissions.contains(permission) }

    /// A part of the path, by its name in the route.
    func parameter<Subject>(_ name: String) -> Key<Subject> {
        Key(context.parameters.get(name) ?? "")
    }

    /// A value of the query, empty when it is missing or there more than once.
    func query(_ name: String) -> String { request.queryValue(name) }

    /// Where a list begins that is shown in pages: how many come before.
    var pageStart: Int { min(max(0, Int(query("from")) ?? 0), 1_000_000_000) }

    /// An audit line by this person, of this request.
    func auditLine(
        _ action: String, _ object: String, _ detail: [String: String] = [:], outcome: AuditLine.Outcome = .done
    ) -> AuditLine {
        AuditLine(
            brokerID: session.broker?.id, actor: user.email, action: action, object: object, detail: detail,
            outcome: outcome,
            requestID: context.requestID, address: context.variables.remoteAddress)
    }
}

/// One request by whoever it is: sign-in, static facts, the answers of providers.
struct PublicVisit: Sendable {
    let portal: Portal
    let request: Request
    let context: PortalContext
    let place: Place
    let form: [String: String]
    let now: Date

    func query(_ name: String) -> String { request.queryValue(name) }
}
