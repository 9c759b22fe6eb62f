import Foundation
import HTTPTypes

/// Partner Center and Azure.
extension ControlRoutes {
    static let commerce: [ControlRoute] = [
        .doing(
            .post, "mfa-refusal", "How Partner Center refuses a token without MFA", ["form": oneOf(MFARefusal.self)]
        ) {
            let form = try $0.fields.choice("form", of: MFARefusal.self)
            try $0.sandbox.store.update { $0.refusesMissingMFA = form }
        },
        .doing(
            .post, "integration-sandbox",
            "Makes the partners' accounts integration sandboxes, or ordinary ones again", ["on": "true or false"]
        ) {
            guard let isOn = try $0.fields.flag("on") else { throw ControlError("on: missing") }
            try $0.sandbox.setIntegrationSandbox(isOn)
        },
        .doing(
            .post, "disabled-azure-subscriptions", "Disables a subscription in Azure, as its owner could",
            ["id": "of the subscription in Azure"]
        ) {
            guard let id = $0.fields["id"], UUID(uuidString: id) != nil else { throw ControlError("id: a GUID") }
            try $0.sandbox.disableAzureSubscription(id)
        },
    ]
}
