import Foundation
import HTTPTypes

/// Time, and who exists.
extension ControlRoutes {
    static let surroundings: [ControlRoute] = [
        .answering(.get, "clock", "The sandbox's time") { ["now": .string($0.sandbox.now.formatted(.iso8601))] },
        .doing(.post, "clock", "Moves the clock forward", ["advance": "seconds"]) {
            try $0.sandbox.advanceClock(by: try $0.fields.number("advance", in: 0...1e10))
        },
        .answering(.get, "world", "Who exists: partners with up to 100 customers each, people, the application") {
            WorldJSON($0.sandbox.world).json
        },
        .doing(
            .post, "world", "Makes another world, on its first day",
            [
                "seed": "a number", "customers": "of Liberty IT, up to \(WorldSettings.mostCustomers)",
                "names": oneOf(WorldNames.self),
            ]
        ) { try $0.sandbox.setWorld(try $0.fields.world(otherwise: $0.sandbox.world.settings)) },
        .doing(
            .post, "customers/:id", "Renames a customer, or lets it leave its partner or come back",
            ["name": "the new one", "left": "true or false"]
        ) { call in
            let id = call.parameter("id")
            guard call.sandbox.world.customer(id) != nil else { throw ControlError("no such customer") }
            try call.sandbox.change(
                customer: id.lowercased(), name: call.fields["name"], hasLeft: try call.fields.flag("left"))
        },
        .doing(.post, "reset", "Everything as on the first day, but the signing keys") { try $0.sandbox.reset() },
    ]
}
