import Foundation
import HTML
import PortalKit

/// What is typed for a new broker, or for one more owner of one.
struct NewBrokerForm: Sendable {
    var name = ""
    var region = ""
    var ownerName = ""
    var email = ""
    /// By field.
    var problems: [String: String] = [:]

    private static let longestName = 100

    init(regions: [Region]) {
        region = regions.count == 1 ? regions[0].id : ""
    }

    init(_ form: [String: String]) {
        name = (form["name"] ?? "").plainLine
        region = form["region"] ?? ""
        ownerName = (form["owner-name"] ?? "").plainLine
        email = (form["email"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    }

    /// Notes what is wrong with the broker's own fields.
    mutating func check(regions: [Region], _ db: inout DatabaseConnection) throws {
        problems["name"] = try Self.problem(name: name, &db)
        if !regions.contains(where: { $0.id == region }) {
            problems["region"] = "Choose the region where the broker lives."
        }
    }

    /// Notes what is wrong with the owner's fields.
    mutating func checkOwner(_ db: inout DatabaseConnection) throws {
        if ownerName.isEmpty { problems["owner-name"] = "Enter the owner's name." }
        if ownerName.count > Self.longestName { problems["owner-name"] = "Enter a name of at most 100 characters." }
        if EmailAddress(typed: email) == nil {
            problems["email"] = "Enter one e-mail address, for example olivia@example.com."
        } else if try db.isAddressTaken(email) {
            problems["email"] =
                "Somebody signs in with this address already. A person has one account: enter another address."
        }
    }

    /// What is wrong with a broker's name.
    static func problem(name: String, except broker: Key<Broker>? = nil, _ db: inout DatabaseConnection) throws
        -> String?
    {
        if name.isEmpty { return "Enter the broker's name." }
        if name.count > longestName { return "Enter a name of at most 100 characters." }
        if try db.isBrokerNameTaken(name, except: broker) {
            return "There is a broker of this name. Choose one that tells the two apart."
        }
        return nil
    }
}

extension NewBrokerForm {
    var ownerFields: [FormField] {
        [
            FormField(
                name: "owner-name", label: "Owner's name", value: ownerName, problem: problems["owner-name"],
                maxLength: 100),
            FormField(
                name: "email", label: "Owner's e-mail",
                hint: "The invitation goes there, and the owner signs in with it.",
                value: email, kind: .email, problem: problems["email"], maxLength: 254),
        ]
    }

    func brokerFields(_ regions: [Region]) -> [FormField] {
        [
            FormField(
                name: "name", label: "Broker's name", hint: "As its people and its customers know it.", value: name,
                problem: problems["name"], maxLength: 100),
            FormField(
                name: "region", label: "Region",
                hint:
                    "The address where the broker signs in at providers. It can be changed until the first connection.",
                value: region, kind: .choice(regions.map { ($0.id, "\($0.label): \($0.baseURL)") }),
                problem: problems["region"]),
        ]
    }
}
