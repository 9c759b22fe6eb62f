import PortalKit

/// What the guest reads after Microsoft's invitation: the broker's own person, who may have no account in the portal.
struct GuestWords {
    let tenant: SetupTenant
    let broker: Broker
    let language: Language

    private var name: String { tenant.name }
    private var guest: String { tenant.intake[GuestOnboarding.guest] }

    private func say(_ text: LocalizedText) -> String { text[language] }

    var words: AskWords {
        AskWords(
            title: say(
                LocalizedText(
                    en: "One more step for \(name)", de: "Noch ein Schritt für \(name)",
                    fr: "Encore une étape pour \(name)",
                    es: "Un paso más para \(name)")),
            purpose: [
                say(
                    LocalizedText(
                        en:
                            "\(guest) is a guest of \(name). Sign in there once with this account and accept what the portal of \(broker.name) may do in its name.",
                        de:
                            "\(guest) ist Gast von \(name). Melden Sie sich dort einmal mit diesem Konto an, und stimmen Sie zu, was das Portal von \(broker.name) in seinem Namen tun darf.",
                        fr:
                            "\(guest) est invité chez \(name). Connectez-vous-y une fois avec ce compte et acceptez ce que le portail de \(broker.name) peut faire en son nom.",
                        es:
                            "\(guest) es invitado de \(name). Inicie sesión allí una vez con esta cuenta y acepte lo que el portal de \(broker.name) puede hacer en su nombre."
                    ))
            ],
            permissions: [
                PluginManifest.Permission(
                    name: "User.Read",
                    reason: say(
                        LocalizedText(
                            en: "sign in and read the profile of the guest account",
                            de: "anmelden und das Profil des Gastkontos lesen",
                            fr: "se connecter et lire le profil du compte invité",
                            es: "iniciar sesión y leer el perfil de la cuenta de invitado"))),
                PluginManifest.Permission(
                    name: "offline_access",
                    reason: say(
                        LocalizedText(
                            en: "stay signed in, without asking every hour",
                            de: "angemeldet bleiben, ohne jede Stunde zu fragen",
                            fr: "rester connecté, sans demander toutes les heures",
                            es: "seguir conectado, sin preguntar cada hora"))),
            ],
            next: [
                say(
                    LocalizedText(
                        en: "Microsoft asks you to sign in. Use exactly \(guest).",
                        de: "Microsoft bittet Sie, sich anzumelden. Nehmen Sie genau \(guest).",
                        fr: "Microsoft vous demande de vous connecter. Utilisez exactement \(guest).",
                        es: "Microsoft le pide que inicie sesión. Use exactamente \(guest).")),
                say(
                    LocalizedText(
                        en:
                            "\(name) asks for multifactor authentication. If the account has none yet, follow the prompts to set it up.",
                        de:
                            "\(name) verlangt mehrstufige Authentifizierung. Hat das Konto noch keine, folgen Sie den Anweisungen, um sie einzurichten.",
                        fr:
                            "\(name) demande une authentification multifacteur. Si le compte n’en a pas encore, suivez les instructions pour la configurer.",
                        es:
                            "\(name) exige autenticación multifactor. Si la cuenta aún no la tiene, siga las indicaciones para configurarla."
                    )),
                say(
                    LocalizedText(
                        en: "Review what is asked for, and choose Accept.",
                        de: "Lesen Sie, worum gebeten wird, und wählen Sie Annehmen.",
                        fr: "Lisez ce qui est demandé, puis choisissez Accepter.",
                        es: "Lea lo que se pide y elija Aceptar.")),
            ],
            advice: PermissionAdvice.text(language),
            approve: say(LocalizedText(en: "Accept", de: "Zustimmen", fr: "Accepter", es: "Aceptar")),
            approved: [
                say(
                    LocalizedText(
                        en:
                            "The guest account has signed in at \(name) and accepted. The portal does the rest by itself.",
                        de:
                            "Das Gastkonto hat sich bei \(name) angemeldet und zugestimmt. Den Rest erledigt das Portal.",
                        fr: "Le compte invité s’est connecté chez \(name) et a accepté. Le portail fait le reste.",
                        es:
                            "La cuenta de invitado ha iniciado sesión en \(name) y ha aceptado. El portal hace el resto."
                    ))
            ],
            takeBack: [
                say(
                    LocalizedText(
                        en: "Sign in at myapps.microsoft.com as \(guest), in the organization \(name).",
                        de: "Melden Sie sich bei myapps.microsoft.com als \(guest) an, in der Organisation \(name).",
                        fr: "Connectez-vous à myapps.microsoft.com en tant que \(guest), dans l’organisation \(name).",
                        es: "Inicie sesión en myapps.microsoft.com como \(guest), en la organización \(name).")),
                say(
                    LocalizedText(
                        en:
                            "Open the menu of Gatehouse there, choose Manage your application, and revoke the permissions.",
                        de:
                            "Öffnen Sie dort das Menü von Gatehouse, wählen Sie Anwendung verwalten und widerrufen Sie die Berechtigungen.",
                        fr:
                            "Ouvrez-y le menu de Gatehouse, choisissez Gérer votre application, puis révoquez les autorisations.",
                        es: "Abra allí el menú de Gatehouse, elija Administrar su aplicación y revoque los permisos.")),
            ],
            message: AskWords.Message(
                subject: say(
                    LocalizedText(
                        en: "One more step for \(name)", de: "Noch ein Schritt für \(name)",
                        fr: "Encore une étape pour \(name)", es: "Un paso más para \(name)")),
                body: say(
                    LocalizedText(
                        en: """
                            Hello,

                            \(guest) is now a guest of \(name). Please open this page, and sign in there once with that account:

                            {link}

                            \(broker.name)
                            """,
                        de: """
                            Guten Tag,

                            \(guest) ist jetzt Gast von \(name). Bitte öffnen Sie diese Seite, und melden Sie sich einmal mit diesem \
                            Konto an:

                            {link}

                            \(broker.name)
                            """,
                        fr: """
                            Bonjour,

                            \(guest) est maintenant invité chez \(name). Veuillez ouvrir cette page et vous connecter une fois avec \
                            ce compte :

                            {link}

                            \(broker.name)
                            """,
                        es: """
                            Hola:

                            \(guest) ya es invitado de \(name). Abra esta página e inicie sesión una vez con esa cuenta:

                            {link}

                            \(broker.name)
                            """))))
    }
}
