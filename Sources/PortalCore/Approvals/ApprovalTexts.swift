import Foundation
import PortalKit

/// The core's own words on the pages that people outside read. The provider's words come from its plugin.
struct ApprovalTexts: Sendable {
    let language: Language

    private func say(_ text: LocalizedText) -> String { text[language] }

    // MARK: The letter

    var whoAsks: String { say(LocalizedText(en: "Who asks", de: "Wer fragt", fr: "Qui demande", es: "Quién lo pide")) }
    var organization: String { say(LocalizedText(en: "For", de: "Für", fr: "Pour", es: "Para")) }
    var tenantID: String {
        say(LocalizedText(en: "Tenant id", de: "Mandanten-ID", fr: "ID du locataire", es: "Id. del inquilino"))
    }
    var until: String {
        say(LocalizedText(en: "Please answer by", de: "Bitte antworten bis", fr: "Réponse souhaitée avant le", es: "Responda antes del"))
    }
    var asked: String {
        say(LocalizedText(en: "What you allow", de: "Was Sie erlauben", fr: "Ce que vous autorisez", es: "Lo que autoriza"))
    }
    var comesNext: String {
        say(LocalizedText(en: "What comes next", de: "Wie es weitergeht", fr: "La suite", es: "Qué viene después"))
    }
    var refuse: String { say(LocalizedText(en: "Refuse", de: "Ablehnen", fr: "Refuser", es: "Rechazar")) }
    var forward: String {
        say(
            LocalizedText(
                en: "Ask my administrator", de: "Meine Administration fragen", fr: "Demander à mon administrateur",
                es: "Pedírselo a mi administrador"))
    }
    var noAccount: String {
        say(
            LocalizedText(
                en: "You need no account here. You can open this page as often as you like.",
                de: "Sie brauchen hier kein Konto. Sie können diese Seite beliebig oft öffnen.",
                fr: "Aucun compte n’est nécessaire ici. Vous pouvez ouvrir cette page autant de fois que vous le souhaitez.",
                es: "No necesita ninguna cuenta aquí. Puede abrir esta página tantas veces como quiera."))
    }
    var otherLanguages: String { say(LocalizedText(en: "Language", de: "Sprache", fr: "Langue", es: "Idioma")) }
    var skip: String {
        say(LocalizedText(en: "Skip to content", de: "Zum Inhalt", fr: "Aller au contenu", es: "Ir al contenido"))
    }
    var formWords: FormWords {
        FormWords(
            summary: say(
                LocalizedText(
                    en: "There is a problem", de: "Da stimmt etwas nicht", fr: "Il y a un problème", es: "Hay un problema")),
            error: errorWord[language])
    }
    var back: String { say(LocalizedText(en: "Back", de: "Zurück", fr: "Retour", es: "Volver")) }
    func goTo(_ provider: String) -> String {
        say(
            LocalizedText(
                en: "Go to \(provider)", de: "Weiter zu \(provider)", fr: "Aller chez \(provider)", es: "Ir a \(provider)"))
    }
    func leaving(_ provider: String) -> String {
        say(
            LocalizedText(
                en: "You are being taken to \(provider). If nothing happens, use the button.",
                de: "Sie werden zu \(provider) weitergeleitet. Falls nichts geschieht, benutzen Sie die Schaltfläche.",
                fr: "Vous êtes dirigé vers \(provider). Si rien ne se passe, utilisez le bouton.",
                es: "Se le está llevando a \(provider). Si no pasa nada, use el botón."))
    }

    // MARK: States

    var checking: (title: String, text: String) {
        (
            say(LocalizedText(en: "Being checked", de: "Wird geprüft", fr: "Vérification en cours", es: "Comprobando")),
            say(
                LocalizedText(
                    en: "Your answer has arrived and is being checked. This usually takes a few seconds.",
                    de: "Ihre Antwort ist angekommen und wird geprüft. Das dauert meist ein paar Sekunden.",
                    fr: "Votre réponse est arrivée ; elle est en cours de vérification. Cela prend en général quelques secondes.",
                    es: "Su respuesta ha llegado y se está comprobando. Suele tardar unos segundos."))
        )
    }
    func approved(_ date: String) -> String {
        say(
            LocalizedText(
                en: "Approved on \(date)", de: "Genehmigt am \(date)", fr: "Approuvé le \(date)", es: "Aprobado el \(date)"))
    }
    var wasApproved: String {
        say(LocalizedText(en: "What was approved", de: "Was genehmigt wurde", fr: "Ce qui a été approuvé", es: "Lo que se aprobó"))
    }
    var takeBack: String {
        say(LocalizedText(en: "How to take it back", de: "So nehmen Sie es zurück", fr: "Comment le révoquer", es: "Cómo retirarlo"))
    }
    var closePage: String {
        say(
            LocalizedText(
                en: "There is nothing more to do. You can close this page.",
                de: "Es ist nichts weiter zu tun. Sie können diese Seite schließen.",
                fr: "Il n’y a plus rien à faire. Vous pouvez fermer cette page.",
                es: "No hay nada más que hacer. Puede cerrar esta página."))
    }
    func refused(_ date: String) -> String {
        say(LocalizedText(en: "Refused on \(date)", de: "Abgelehnt am \(date)", fr: "Refusé le \(date)", es: "Rechazado el \(date)"))
    }
    func refusedText(_ broker: String) -> String {
        say(
            LocalizedText(
                en: "\(broker) was told, with the reason. Nothing was given. If you change your mind, ask \(broker) for a new link.",
                de: "\(broker) weiß Bescheid und kennt den Grund. Es wurde nichts freigegeben. Wenn Sie es sich anders überlegen, bitten Sie \(broker) um einen neuen Link.",
                fr: "\(broker) a été informé, avec la raison. Rien n’a été accordé. Si vous changez d’avis, demandez un nouveau lien à \(broker).",
                es: "\(broker) lo sabe, con el motivo. No se ha concedido nada. Si cambia de opinión, pida un enlace nuevo a \(broker)."))
    }
    var expired: String {
        say(
            LocalizedText(
                en: "This link is too old", de: "Dieser Link ist zu alt", fr: "Ce lien est trop ancien",
                es: "Este enlace es demasiado antiguo"))
    }
    func expiredText(_ broker: String) -> String {
        say(
            LocalizedText(
                en: "Links work for 30 days. Nothing was changed. Ask \(broker) for a new one; it takes one click.",
                de: "Links gelten 30 Tage. Es wurde nichts geändert. Bitten Sie \(broker) um einen neuen; das ist ein Klick.",
                fr: "Les liens sont valables 30 jours. Rien n’a été modifié. Demandez-en un nouveau à \(broker) ; il suffit d’un clic.",
                es: "Los enlaces valen 30 días. No se ha cambiado nada. Pida uno nuevo a \(broker); basta un clic."))
    }
    var withdrawn: String {
        say(
            LocalizedText(
                en: "This is not asked for any more", de: "Das wird nicht mehr angefragt",
                fr: "Cette demande n’est plus d’actualité", es: "Esto ya no se solicita"))
    }
    func withdrawnText(_ broker: String) -> String {
        say(
            LocalizedText(
                en: "\(broker) has withdrawn the request, or made a new one. Nothing was given with this link. If you expected it, ask \(broker).",
                de: "\(broker) hat die Anfrage zurückgezogen oder neu gestellt. Mit diesem Link wurde nichts freigegeben. Fragen Sie \(broker), wenn Sie sie erwartet haben.",
                fr: "\(broker) a retiré la demande ou en a fait une nouvelle. Rien n’a été accordé avec ce lien. Si vous l’attendiez, adressez-vous à \(broker).",
                es: "\(broker) ha retirado la solicitud o ha hecho otra. Con este enlace no se concedió nada. Si la esperaba, consulte a \(broker)."))
    }
    var paused: String {
        say(
            LocalizedText(
                en: "Not possible at the moment", de: "Im Moment nicht möglich", fr: "Impossible pour le moment",
                es: "No es posible en este momento"))
    }
    var pausedText: String {
        say(
            LocalizedText(
                en: "This portal has paused the connection. Your link stays good: open it again later.",
                de: "Dieses Portal hat die Verbindung angehalten. Ihr Link bleibt gültig: Öffnen Sie ihn später noch einmal.",
                fr: "Ce portail a suspendu la connexion. Votre lien reste valable : ouvrez-le plus tard.",
                es: "Este portal ha pausado la conexión. Su enlace sigue siendo válido: ábralo más tarde."))
    }
    var unknown: (title: String, text: String) {
        (
            say(
                LocalizedText(
                    en: "This link leads nowhere", de: "Dieser Link führt nirgendwohin", fr: "Ce lien ne mène nulle part",
                    es: "Este enlace no lleva a ninguna parte")),
            say(
                LocalizedText(
                    en: "It may have been cut off or mistyped. Copy it once more in full from the message, or ask whoever sent it. Nothing was changed.",
                    de: "Vielleicht wurde er abgeschnitten oder falsch abgetippt. Kopieren Sie ihn noch einmal ganz aus der Nachricht, oder fragen Sie, wer ihn geschickt hat. Es wurde nichts geändert.",
                    fr: "Il a peut-être été coupé ou mal recopié. Copiez-le en entier depuis le message, ou adressez-vous à l’expéditeur. Rien n’a été modifié.",
                    es: "Quizá se haya cortado o escrito mal. Cópielo de nuevo entero desde el mensaje, o pregunte a quien lo envió. No se ha cambiado nada."))
        )
    }
    var tooMany: (title: String, text: String) {
        (
            say(LocalizedText(en: "Please wait a minute", de: "Bitte warten Sie eine Minute", fr: "Veuillez patienter une minute", es: "Espere un minuto")),
            say(
                LocalizedText(
                    en: "Too many links that lead nowhere were opened from your network. Then open your link again; it stays good.",
                    de: "Aus Ihrem Netz wurden zu viele Links geöffnet, die nirgendwohin führen. Öffnen Sie Ihren Link danach noch einmal; er bleibt gültig.",
                    fr: "Trop de liens invalides ont été ouverts depuis votre réseau. Rouvrez ensuite le vôtre ; il reste valable.",
                    es: "Desde su red se han abierto demasiados enlaces que no llevan a ninguna parte. Después abra el suyo de nuevo; sigue siendo válido."))
        )
    }
    var foreignAnswer: (title: String, text: String) {
        (
            say(
                LocalizedText(
                    en: "The answer was not accepted", de: "Die Antwort wurde nicht angenommen",
                    fr: "La réponse n’a pas été acceptée", es: "La respuesta no se aceptó")),
            say(
                LocalizedText(
                    en: "It belongs to a page that was opened in another browser, or too long ago. Open the link from the message again, in this browser, and start once more. Nothing was changed.",
                    de: "Sie gehört zu einer Seite, die in einem anderen Browser oder vor zu langer Zeit geöffnet wurde. Öffnen Sie den Link aus der Nachricht noch einmal, in diesem Browser, und beginnen Sie von vorn. Es wurde nichts geändert.",
                    fr: "Elle appartient à une page ouverte dans un autre navigateur, ou il y a trop longtemps. Rouvrez le lien du message dans ce navigateur et recommencez. Rien n’a été modifié.",
                    es: "Pertenece a una página que se abrió en otro navegador o hace demasiado tiempo. Abra de nuevo el enlace del mensaje en este navegador y empiece otra vez. No se ha cambiado nada."))
        )
    }
    var late: String {
        say(
            LocalizedText(
                en: "That took longer than an hour, so the answer does not count any more. Please start once more.",
                de: "Das hat länger als eine Stunde gedauert, deshalb zählt die Antwort nicht mehr. Bitte beginnen Sie noch einmal.",
                fr: "Cela a duré plus d’une heure ; la réponse ne compte plus. Veuillez recommencer.",
                es: "Ha pasado más de una hora y la respuesta ya no cuenta. Empiece de nuevo, por favor."))
    }

    // MARK: What went wrong

    func setback(_ kind: Setback.Kind, provider: String, tenant: String) -> (title: String, text: String)? {
        switch kind {
        case .declined:
            (
                say(LocalizedText(en: "It was not accepted", de: "Es wurde nicht zugestimmt", fr: "Ce n’a pas été accepté", es: "No se aceptó")),
                say(
                    LocalizedText(
                        en: "On the page of \(provider), Cancel was chosen, or the account may not accept. Nothing was given. You can start again, refuse, or ask your administrator.",
                        de: "Auf der Seite von \(provider) wurde abgebrochen, oder das Konto darf nicht zustimmen. Es wurde nichts freigegeben. Sie können neu beginnen, ablehnen oder Ihre Administration fragen.",
                        fr: "Sur la page de \(provider), l’annulation a été choisie, ou le compte n’a pas le droit d’accepter. Rien n’a été accordé. Vous pouvez recommencer, refuser ou demander à votre administrateur.",
                        es: "En la página de \(provider) se eligió cancelar, o la cuenta no puede aceptar. No se ha concedido nada. Puede empezar de nuevo, rechazar o pedírselo a su administrador."))
            )
        case .notAdministrator:
            (
                say(LocalizedText(en: "An administrator is needed", de: "Das muss eine Administratorin oder ein Administrator tun", fr: "Un administrateur est nécessaire", es: "Hace falta un administrador")),
                say(
                    LocalizedText(
                        en: "\(provider) lets only an administrator of \(tenant) accept this. Ask yours with the link below, or sign in as one.",
                        de: "\(provider) lässt dem nur die Administration von \(tenant) zustimmen. Fragen Sie sie mit dem Link unten, oder melden Sie sich entsprechend an.",
                        fr: "Seul un administrateur de \(tenant) peut accepter cela chez \(provider). Transmettez-lui la demande avec le lien ci-dessous, ou connectez-vous en tant que tel.",
                        es: "\(provider) solo permite aceptarlo a un administrador de \(tenant). Pídaselo con el enlace de abajo, o inicie sesión como tal."))
            )
        case .otherTenant:
            (
                say(LocalizedText(en: "That was another organization", de: "Das war eine andere Organisation", fr: "C’était une autre organisation", es: "Era otra organización")),
                say(
                    LocalizedText(
                        en: "The account that signed in does not belong to \(tenant). Nothing counts for \(tenant) yet. Sign out at \(provider), and start again with an account of \(tenant).",
                        de: "Das angemeldete Konto gehört nicht zu \(tenant). Für \(tenant) zählt noch nichts. Melden Sie sich bei \(provider) ab und beginnen Sie noch einmal mit einem Konto von \(tenant).",
                        fr: "Le compte utilisé n’appartient pas à \(tenant). Rien ne compte encore pour \(tenant). Déconnectez-vous de \(provider), puis recommencez avec un compte de \(tenant).",
                        es: "La cuenta que inició sesión no pertenece a \(tenant). Para \(tenant) todavía no cuenta nada. Cierre la sesión en \(provider) y empiece de nuevo con una cuenta de \(tenant)."))
            )
        case .otherAccount:
            (
                say(LocalizedText(en: "That was another account", de: "Das war ein anderes Konto", fr: "C’était un autre compte", es: "Era otra cuenta")),
                say(
                    LocalizedText(
                        en: "Sign in at \(provider) with exactly the account that was invited. Nothing was given.",
                        de: "Melden Sie sich bei \(provider) mit genau dem Konto an, das eingeladen wurde. Es wurde nichts freigegeben.",
                        fr: "Connectez-vous à \(provider) avec le compte invité, et aucun autre. Rien n’a été accordé.",
                        es: "Inicie sesión en \(provider) exactamente con la cuenta invitada. No se ha concedido nada."))
            )
        case .notProved:
            (
                say(LocalizedText(en: "It could not be confirmed", de: "Es ließ sich nicht bestätigen", fr: "Confirmation impossible", es: "No se pudo confirmar")),
                say(
                    LocalizedText(
                        en: "\(provider) does not confirm that it was accepted for \(tenant). Please start again; whoever asks you sees the details.",
                        de: "\(provider) bestätigt nicht, dass für \(tenant) zugestimmt wurde. Bitte beginnen Sie noch einmal; wer Sie fragt, sieht die Einzelheiten.",
                        fr: "\(provider) ne confirme pas l’acceptation pour \(tenant). Veuillez recommencer ; la personne qui vous sollicite voit les détails.",
                        es: "\(provider) no confirma que se haya aceptado para \(tenant). Empiece de nuevo; quien se lo pide ve los detalles."))
            )
        case .refused, .withdrawn: nil
        }
    }

    // MARK: Refusing and forwarding

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

    /// "21 November 2026", in the language.
    func date(_ date: Date) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: language == .english ? "en_GB" : language.rawValue)
        format.timeZone = .gmt
        format.dateStyle = .long
        format.timeStyle = .none
        return format.string(from: date)
    }

    /// The day with the time, of UTC.
    func moment(_ date: Date) -> String { "\(self.date(date)), \(UTCTime(date).clock) UTC" }
}

extension Language {
    /// The first language of an `Accept-Language` header field that there is here, by quality (RFC 9110 §12.5.4).
    init?(accepted header: String) {
        var best: (language: Language, quality: Double)?
        for item in header.split(separator: ",").prefix(30) {
            let parts = item.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let tag = parts.first?.lowercased().split(separator: "-").first,
                let language = Language(rawValue: String(tag))
            else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if quality > 0, quality > best?.quality ?? 0 { best = (language, quality) }
        }
        guard let best else { return nil }
        self = best.language
    }
}
