import PortalKit

/// What went wrong at the provider, and what to do now.
extension ApprovalTexts {
    func setback(_ kind: Setback.Kind, provider: String, tenant: String) -> (title: String, text: String)? {
        switch kind {
        case .declined:
            (
                say(
                    LocalizedText(
                        en: "It was not accepted", de: "Es wurde nicht zugestimmt", fr: "Ce n’a pas été accepté",
                        es: "No se aceptó")),
                say(
                    LocalizedText(
                        en:
                            "On the page of \(provider), Cancel was chosen, or the account may not accept. Nothing was given. You can start again, refuse, or ask your administrator.",
                        de:
                            "Auf der Seite von \(provider) wurde abgebrochen, oder das Konto darf nicht zustimmen. Es wurde nichts freigegeben. Sie können neu beginnen, ablehnen oder Ihre Administration fragen.",
                        fr:
                            "Sur la page de \(provider), l’annulation a été choisie, ou le compte n’a pas le droit d’accepter. Rien n’a été accordé. Vous pouvez recommencer, refuser ou demander à votre administrateur.",
                        es:
                            "En la página de \(provider) se eligió cancelar, o la cuenta no puede aceptar. No se ha concedido nada. Puede empezar de nuevo, rechazar o pedírselo a su administrador."
                    ))
            )
        case .notAdministrator:
            (
                say(
                    LocalizedText(
                        en: "An administrator is needed",
                        de: "Das muss eine Administratorin oder ein Administrator tun",
                        fr: "Un administrateur est nécessaire", es: "Hace falta un administrador")),
                say(
                    LocalizedText(
                        en:
                            "\(provider) lets only an administrator of \(tenant) accept this. Ask yours with the link below, or sign in as one.",
                        de:
                            "\(provider) lässt dem nur die Administration von \(tenant) zustimmen. Fragen Sie sie mit dem Link unten, oder melden Sie sich entsprechend an.",
                        fr:
                            "Seul un administrateur de \(tenant) peut accepter cela chez \(provider). Transmettez-lui la demande avec le lien ci-dessous, ou connectez-vous en tant que tel.",
                        es:
                            "\(provider) solo permite aceptarlo a un administrador de \(tenant). Pídaselo con el enlace de abajo, o inicie sesión como tal."
                    ))
            )
        case .otherTenant:
            (
                say(
                    LocalizedText(
                        en: "That was another organization", de: "Das war eine andere Organisation",
                        fr: "C’était une autre organisation", es: "Era otra organización")),
                say(
                    LocalizedText(
                        en:
                            "The account that signed in does not belong to \(tenant). Nothing counts for \(tenant) yet. Sign out at \(provider), and start again with an account of \(tenant).",
                        de:
                            "Das angemeldete Konto gehört nicht zu \(tenant). Für \(tenant) zählt noch nichts. Melden Sie sich bei \(provider) ab und beginnen Sie noch einmal mit einem Konto von \(tenant).",
                        fr:
                            "Le compte utilisé n’appartient pas à \(tenant). Rien ne compte encore pour \(tenant). Déconnectez-vous de \(provider), puis recommencez avec un compte de \(tenant).",
                        es:
                            "La cuenta que inició sesión no pertenece a \(tenant). Para \(tenant) todavía no cuenta nada. Cierre la sesión en \(provider) y empiece de nuevo con una cuenta de \(tenant)."
                    ))
            )
        case .otherAccount:
            (
                say(
                    LocalizedText(
                        en: "That was another account", de: "Das war ein anderes Konto", fr: "C’était un autre compte",
                        es: "Era otra cuenta")),
                say(
                    LocalizedText(
                        en: "Sign in at \(provider) with exactly the account that was invited. Nothing was given.",
                        de:
                            "Melden Sie sich bei \(provider) mit genau dem Konto an, das eingeladen wurde. Es wurde nichts freigegeben.",
                        fr: "Connectez-vous à \(provider) avec le compte invité, et aucun autre. Rien n’a été accordé.",
                        es: "Inicie sesión en \(provider) exactamente con la cuenta invitada. No se ha concedido nada.")
                )
            )
        case .notProved:
            (
                say(
                    LocalizedText(
                        en: "It could not be confirmed", de: "Es ließ sich nicht bestätigen",
                        fr: "Confirmation impossible", es: "No se pudo confirmar")),
                say(
                    LocalizedText(
                        en:
                            "\(provider) does not confirm that it was accepted for \(tenant). Please start again; whoever asks you sees the details.",
                        de:
                            "\(provider) bestätigt nicht, dass für \(tenant) zugestimmt wurde. Bitte beginnen Sie noch einmal; wer Sie fragt, sieht die Einzelheiten.",
                        fr:
                            "\(provider) ne confirme pas l’acceptation pour \(tenant). Veuillez recommencer ; la personne qui vous sollicite voit les détails.",
                        es:
                            "\(provider) no confirma que se haya aceptado para \(tenant). Empiece de nuevo; quien se lo pide ve los detalles."
                    ))
            )
        case .refused, .withdrawn: nil
        }
    }
}
