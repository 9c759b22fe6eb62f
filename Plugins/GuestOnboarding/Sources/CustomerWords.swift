import PortalKit

/// What the customer's administrator reads, and the message that leads there.
struct CustomerWords {
    let tenant: SetupTenant
    let broker: Broker
    let language: Language

    private var name: String { tenant.name }
    private var partner: String { broker.name }
    private var guest: String { tenant.intake[GuestOnboarding.guest] }

    private func say(_ text: LocalizedText) -> String { text[language] }

    var words: AskWords {
        AskWords(
            title: say(
                LocalizedText(
                    en: "\(partner) asks to look after \(name) at Microsoft",
                    de: "\(partner) möchte \(name) bei Microsoft betreuen",
                    fr: "\(partner) souhaite s’occuper de \(name) chez Microsoft",
                    es: "\(partner) pide ocuparse de \(name) en Microsoft")),
            purpose: [purpose, proof], permissions: permissions, next: next, advice: PermissionAdvice.text(language),
            approve: say(LocalizedText(en: "Approve", de: "Genehmigen", fr: "Approuver", es: "Aprobar")),
            approved: [approved], takeBack: TakeBack.steps(of: guest, language), message: message)
    }

    private var purpose: String {
        say(
            LocalizedText(
                en:
                    "\(partner) looks after your Microsoft 365. For this Microsoft makes one guest account in your organization, \(guest), which belongs to \(partner). It gets no administrator role by this, and nothing is sold or changed.",
                de:
                    "\(partner) betreut Ihr Microsoft 365. Dafür legt Microsoft in Ihrer Organisation ein Gastkonto an, \(guest), das \(partner) gehört. Es erhält dadurch keine Administratorrolle, und nichts wird verkauft oder verändert.",
                fr:
                    "\(partner) s’occupe de votre Microsoft 365. Pour cela, Microsoft crée dans votre organisation un compte invité, \(guest), qui appartient à \(partner). Il n’obtient ainsi aucun rôle d’administrateur, et rien n’est vendu ni modifié.",
                es:
                    "\(partner) se ocupa de su Microsoft 365. Para ello Microsoft crea en su organización una cuenta de invitado, \(guest), que pertenece a \(partner). Con esto no recibe ningún rol de administrador, y no se vende ni se cambia nada."
            ))
    }

    private var proof: String {
        say(
            LocalizedText(
                en:
                    "You accept at Microsoft, which checks who you are. This page learns only whether \(name) has accepted, not your password and not your name.",
                de:
                    "Sie stimmen bei Microsoft zu, das prüft, wer Sie sind. Diese Seite erfährt nur, ob \(name) zugestimmt hat, nicht Ihr Kennwort und nicht Ihren Namen.",
                fr:
                    "Vous acceptez chez Microsoft, qui vérifie votre identité. Cette page apprend seulement si \(name) a accepté, ni votre mot de passe ni votre nom.",
                es:
                    "Usted acepta en Microsoft, que comprueba quién es. Esta página solo sabe si \(name) ha aceptado, no su contraseña ni su nombre."
            ))
    }

    private var permissions: [PluginManifest.Permission] {
        GuestPermissions.asked.map { PluginManifest.Permission(name: $0, reason: reason($0)) }
    }

    private func reason(_ permission: String) -> String {
        switch permission {
        case "User.Invite.All":
            say(
                LocalizedText(
                    en: "invite the guest account \(guest)", de: "das Gastkonto \(guest) einladen",
                    fr: "inviter le compte \(guest)", es: "invitar a la cuenta \(guest)"))
        case "User.Read.All":
            say(
                LocalizedText(
                    en: "read the list of your users, and see whether the guest has accepted",
                    de: "die Liste Ihrer Benutzer lesen und sehen, ob der Gast angenommen hat",
                    fr: "lire la liste de vos utilisateurs et voir si l’invité a accepté",
                    es: "leer la lista de sus usuarios y ver si el invitado ha aceptado"))
        case "Organization.Read.All":
            say(
                LocalizedText(
                    en: "read the name, the domains and the licences of your organization",
                    de: "Name, Domänen und Lizenzen Ihrer Organisation lesen",
                    fr: "lire le nom, les domaines et les licences de votre organisation",
                    es: "leer el nombre, los dominios y las licencias de su organización"))
        case "SecurityEvents.Read.All":
            say(
                LocalizedText(
                    en: "read your Secure Score, Microsoft's measure of your security",
                    de: "Ihren Secure Score lesen, Microsofts Maß für Ihre Sicherheit",
                    fr: "lire votre degré de sécurisation, la mesure de sécurité de Microsoft",
                    es: "leer su puntuación de seguridad de Microsoft"))
        default:
            say(
                LocalizedText(
                    en: "see whether it was given more than it asked for, and tell \(partner)",
                    de: "sehen, ob mehr freigegeben wurde als erbeten, und es \(partner) sagen",
                    fr: "voir si plus que demandé a été accordé, et le dire à \(partner)",
                    es: "ver si se concedió más de lo pedido y decírselo a \(partner)"))
        }
    }

    private var next: [String] {
        [
            say(
                LocalizedText(
                    en: "Microsoft asks you to sign in. Use an administrator account of \(name).",
                    de: "Microsoft bittet Sie, sich anzumelden. Nehmen Sie ein Administratorkonto von \(name).",
                    fr: "Microsoft vous demande de vous connecter. Utilisez un compte administrateur de \(name).",
                    es: "Microsoft le pide que inicie sesión. Use una cuenta de administrador de \(name).")),
            say(
                LocalizedText(
                    en: "It lists what is asked for. Read it, and choose Accept or Cancel.",
                    de: "Es zeigt, worum gebeten wird. Lesen Sie es und wählen Sie Annehmen oder Abbrechen.",
                    fr: "Il affiche ce qui est demandé. Lisez-le, puis choisissez Accepter ou Annuler.",
                    es: "Muestra lo que se pide. Léalo y elija Aceptar o Cancelar.")),
            say(
                LocalizedText(
                    en: "You come back here, and this page says what came of it.",
                    de: "Sie kommen hierher zurück, und diese Seite sagt, was daraus geworden ist.",
                    fr: "Vous revenez ici, et cette page vous dit ce qu’il en est.",
                    es: "Vuelve aquí, y esta página dice qué ha resultado.")),
        ]
    }

    private var approved: String {
        say(
            LocalizedText(
                en:
                    "\(name) has accepted at Microsoft. \(partner) was told. Microsoft now invites the guest account \(guest).",
                de:
                    "\(name) hat bei Microsoft zugestimmt. \(partner) weiß Bescheid. Microsoft lädt jetzt das Gastkonto \(guest) ein.",
                fr:
                    "\(name) a accepté chez Microsoft. \(partner) en a été informé. Microsoft invite maintenant le compte \(guest).",
                es:
                    "\(name) ha aceptado en Microsoft. \(partner) ya lo sabe. Microsoft invita ahora a la cuenta \(guest)."
            ))
    }

    private var message: AskWords.Message {
        AskWords.Message(
            subject: say(
                LocalizedText(
                    en: "Please approve: \(partner) looks after \(name) at Microsoft",
                    de: "Bitte genehmigen: \(partner) betreut \(name) bei Microsoft",
                    fr: "Votre accord : \(partner) s’occupe de \(name) chez Microsoft",
                    es: "Su aprobación: \(partner) se ocupa de \(name) en Microsoft")),
            body: say(
                LocalizedText(
                    en: """
                        Hello,

                        to look after the Microsoft 365 of \(name), we need the approval of an administrator of your organization. \
                        This page says what it is about, and takes you to Microsoft to accept it:

                        {link}

                        You need an administrator account of \(name) at Microsoft, and about two minutes. The link works for 30 days. \
                        You can also refuse there, or pass it on to a colleague.

                        On Microsoft's page, please leave "Consent on behalf of your organization" unticked if it is offered.

                        Kind regards
                        \(partner)
                        """,
                    de: """
                        Guten Tag,

                        um das Microsoft 365 von \(name) zu betreuen, brauchen wir die Genehmigung einer Administratorin oder eines \
                        Administrators Ihrer Organisation. Diese Seite sagt, worum es geht, und führt Sie zu Microsoft:

                        {link}

                        Sie brauchen ein Administratorkonto von \(name) bei Microsoft und etwa zwei Minuten. Der Link gilt 30 Tage. \
                        Sie können dort auch ablehnen oder ihn an eine Kollegin oder einen Kollegen weitergeben.

                        Bitte lassen Sie auf der Seite von Microsoft „Im Namen Ihrer Organisation zustimmen“ leer, falls es angeboten \
                        wird.

                        Mit freundlichen Grüßen
                        \(partner)
                        """,
                    fr: """
                        Bonjour,

                        pour nous occuper du Microsoft 365 de \(name), nous avons besoin de l’accord d’un administrateur de votre \
                        organisation. Cette page explique de quoi il s’agit et vous conduit chez Microsoft :

                        {link}

                        Il vous faut un compte administrateur de \(name) chez Microsoft, et environ deux minutes. Le lien est valable \
                        30 jours. Vous pouvez aussi y refuser, ou le transmettre à un collègue.

                        Sur la page de Microsoft, laissez décoché « Consentement pour le compte de votre organisation » s’il est proposé.

                        Cordialement
                        \(partner)
                        """,
                    es: """
                        Hola:

                        Para ocuparnos del Microsoft 365 de \(name) necesitamos la aprobación de un administrador de su organización. \
                        Esta página explica de qué se trata y le lleva a Microsoft para aceptarlo:

                        {link}

                        Necesita una cuenta de administrador de \(name) en Microsoft y unos dos minutos. El enlace vale 30 días. \
                        Allí también puede rechazar o pasárselo a un compañero.

                        En la página de Microsoft, deje sin marcar «Consentimiento en nombre de su organización» si aparece.

                        Un saludo
                        \(partner)
                        """)))
    }
}

/// What not to tick at Microsoft.
enum PermissionAdvice {
    static func text(_ language: Language) -> String {
        LocalizedText(
            en:
                "If Microsoft's page offers \"Consent on behalf of your organization\", leave it unticked: nothing more than the list above is needed.",
            de:
                "Wenn Microsofts Seite „Im Namen Ihrer Organisation zustimmen“ anbietet, lassen Sie es leer: Mehr als die Liste oben wird nicht gebraucht.",
            fr:
                "Si la page de Microsoft propose « Consentement pour le compte de votre organisation », laissez la case décochée : rien de plus que la liste ci-dessus n’est nécessaire.",
            es:
                "Si la página de Microsoft ofrece «Consentimiento en nombre de su organización», déjelo sin marcar: no hace falta más que la lista anterior."
        )[language]
    }
}

/// How a customer takes an approval back.
enum TakeBack {
    static func steps(of guest: String, _ language: Language) -> [String] {
        [
            LocalizedText(
                en: "Sign in at entra.microsoft.com as an administrator.",
                de: "Melden Sie sich bei entra.microsoft.com als Administrator an.",
                fr: "Connectez-vous à entra.microsoft.com en tant qu’administrateur.",
                es: "Inicie sesión en entra.microsoft.com como administrador.")[language],
            LocalizedText(
                en: "Open Enterprise applications, choose Gatehouse, then Properties, and Delete.",
                de: "Öffnen Sie Unternehmensanwendungen, wählen Sie Gatehouse, dann Eigenschaften und Löschen.",
                fr: "Ouvrez Applications d’entreprise, choisissez Gatehouse, puis Propriétés et Supprimer.",
                es: "Abra Aplicaciones empresariales, elija Gatehouse, después Propiedades y Eliminar.")[language],
            LocalizedText(
                en: "Open Users, choose \(guest), and Delete.",
                de: "Öffnen Sie Benutzer, wählen Sie \(guest) und Löschen.",
                fr: "Ouvrez Utilisateurs, choisissez \(guest), puis Supprimer.",
                es: "Abra Usuarios, elija \(guest) y Eliminar.")[language],
        ]
    }
}
