import PortalKit

/// Refusing, and asking somebody else.
extension ApprovalTexts {
    func refuseTitle(_ broker: String) -> String {
        say(
            LocalizedText(
                en: "Refuse what \(broker) asks for", de: "Die Anfrage von \(broker) ablehnen",
                fr: "Refuser la demande de \(broker)", es: "Rechazar lo que pide \(broker)"))
    }
    var reason: String { say(LocalizedText(en: "Why?", de: "Warum?", fr: "Pourquoi ?", es: "¿Por qué?")) }
    func reasonHint(_ broker: String) -> String {
        say(
            LocalizedText(
                en: "\(broker) reads this. A few words are enough.", de: "\(broker) liest das. Ein paar Worte genügen.",
                fr: "\(broker) le lira. Quelques mots suffisent.", es: "\(broker) lo leerá. Bastan unas palabras."))
    }
    var reasonMissing: String {
        say(
            LocalizedText(
                en: "Say in a few words why, so that nobody has to guess.",
                de: "Sagen Sie mit ein paar Worten, warum, damit niemand raten muss.",
                fr: "Dites en quelques mots pourquoi, afin que personne n’ait à deviner.",
                es: "Diga en pocas palabras por qué, para que nadie tenga que adivinar."))
    }
    var forwardText: String {
        say(
            LocalizedText(
                en: "Your colleague gets the same page, and needs no account here either.",
                de: "Die Person erhält dieselbe Seite und braucht hier ebenfalls kein Konto.",
                fr: "Votre collègue reçoit la même page et n’a pas besoin de compte non plus.",
                es: "Su compañero recibe la misma página y tampoco necesita cuenta aquí."))
    }
    var colleague: String {
        say(
            LocalizedText(
                en: "E-mail address of your administrator", de: "E-Mail-Adresse Ihrer Administration",
                fr: "Adresse électronique de votre administrateur", es: "Correo electrónico de su administrador"))
    }
    var send: String { say(LocalizedText(en: "Send", de: "Senden", fr: "Envoyer", es: "Enviar")) }
    var orCopy: String {
        say(
            LocalizedText(
                en: "Or pass this link on yourself", de: "Oder geben Sie diesen Link selbst weiter",
                fr: "Ou transmettez vous-même ce lien", es: "O pase usted mismo este enlace"))
    }
    var addressWrong: String {
        say(
            LocalizedText(
                en: "Type the whole e-mail address, for example anna@example.com.",
                de: "Geben Sie die ganze E-Mail-Adresse ein, zum Beispiel anna@example.com.",
                fr: "Saisissez l’adresse complète, par exemple anna@example.com.",
                es: "Escriba la dirección completa, por ejemplo anna@example.com."))
    }
    var tooManyForwards: String {
        say(
            LocalizedText(
                en: "It has been passed on five times already. Copy the link below instead.",
                de: "Es wurde schon fünfmal weitergeleitet. Kopieren Sie stattdessen den Link unten.",
                fr: "La demande a déjà été transmise cinq fois. Copiez plutôt le lien ci-dessous.",
                es: "Ya se ha reenviado cinco veces. Copie el enlace de abajo."))
    }
    func forwarded(_ address: String) -> String {
        say(
            LocalizedText(
                en: "The page is on its way to \(address).", de: "Die Seite ist unterwegs zu \(address).",
                fr: "La page est en route vers \(address).", es: "La página está en camino a \(address)."))
    }
    func forwardedMail(_ broker: String, _ tenant: String) -> AskWords.Message {
        AskWords.Message(
            subject: say(
                LocalizedText(
                    en: "Your colleague asks you to look: \(broker) and \(tenant)",
                    de: "Bitte um einen Blick: \(broker) und \(tenant)",
                    fr: "Votre collègue vous demande de regarder : \(broker) et \(tenant)",
                    es: "Su compañero le pide que lo mire: \(broker) y \(tenant)")),
            body: say(
                LocalizedText(
                    en: """
                        Hello,

                        \(broker) asks for an approval for \(tenant), and a colleague of yours says that you can give it. This page \
                        tells what it is about; you can approve or refuse there:

                        {link}

                        You need no account. If you don't know \(broker), do nothing.
                        """,
                    de: """
                        Guten Tag,

                        \(broker) bittet um eine Genehmigung für \(tenant), und jemand aus Ihrem Haus meint, dass Sie sie geben \
                        können. Diese Seite sagt, worum es geht; dort können Sie genehmigen oder ablehnen:

                        {link}

                        Sie brauchen kein Konto. Falls Sie \(broker) nicht kennen, tun Sie nichts.
                        """,
                    fr: """
                        Bonjour,

                        \(broker) demande une approbation pour \(tenant), et l’un de vos collègues pense que vous pouvez la donner. \
                        Cette page explique de quoi il s’agit ; vous pouvez y approuver ou refuser :

                        {link}

                        Aucun compte n’est nécessaire. Si vous ne connaissez pas \(broker), ne faites rien.
                        """,
                    es: """
                        Hola:

                        \(broker) pide una aprobación para \(tenant), y un compañero suyo dice que usted puede darla. Esta página \
                        explica de qué se trata; allí puede aprobar o rechazar:

                        {link}

                        No necesita ninguna cuenta. Si no conoce a \(broker), no haga nada.
                        """)))
    }
}
