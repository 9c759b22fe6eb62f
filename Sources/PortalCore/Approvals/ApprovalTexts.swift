import Foundation
import PortalKit

/// The core's own words on the pages that people outside read. The provider's words come from its plugin.
struct ApprovalTexts: Sendable {
    let language: Language

    func say(_ text: LocalizedText) -> String { text[language] }

    // MARK: The letter

    var whoAsks: String { say(LocalizedText(en: "Who asks", de: "Wer fragt", fr: "Qui demande", es: "Quién lo pide")) }
    var organization: String { say(LocalizedText(en: "For", de: "Für", fr: "Pour", es: "Para")) }
    var tenantID: String {
        say(LocalizedText(en: "Tenant id", de: "Mandanten-ID", fr: "ID du locataire", es: "Id. del inquilino"))
    }
    var until: String {
        say(
            LocalizedText(
                en: "Please answer by", de: "Bitte antworten bis", fr: "Réponse souhaitée avant le",
                es: "Responda antes del"))
    }
    var asked: String {
        say(
            LocalizedText(
                en: "What you allow", de: "Was Sie erlauben", fr: "Ce que vous autorisez", es: "Lo que autoriza"))
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
                fr:
                    "Aucun compte n’est nécessaire ici. Vous pouvez ouvrir cette page autant de fois que vous le souhaitez.",
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
                    en: "There is a problem", de: "Da stimmt etwas nicht", fr: "Il y a un problème",
                    es: "Hay un problema")),
            error: errorWord[language])
    }
    var back: String { say(LocalizedText(en: "Back", de: "Zurück", fr: "Retour", es: "Volver")) }
    func goTo(_ provider: String) -> String {
        say(
            LocalizedText(
                en: "Go to \(provider)", de: "Weiter zu \(provider)", fr: "Aller chez \(provider)",
                es: "Ir a \(provider)"))
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
                    fr:
                        "Votre réponse est arrivée ; elle est en cours de vérification. Cela prend en général quelques secondes.",
                    es: "Su respuesta ha llegado y se está comprobando. Suele tardar unos segundos."))
        )
    }
    func approved(_ date: String) -> String {
        say(
            LocalizedText(
                en: "Approved on \(date)", de: "Genehmigt am \(date)", fr: "Approuvé le \(date)",
                es: "Aprobado el \(date)"))
    }
    var wasApproved: String {
        say(
            LocalizedText(
                en: "What was approved", de: "Was genehmigt wurde", fr: "Ce qui a été approuvé", es: "Lo que se aprobó")
        )
    }
    var takeBack: String {
        say(
            LocalizedText(
                en: "How to take it back", de: "So nehmen Sie es zurück", fr: "Comment le révoquer",
                es: "Cómo retirarlo"))
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
        say(
            LocalizedText(
                en: "Refused on \(date)", de: "Abgelehnt am \(date)", fr: "Refusé le \(date)",
                es: "Rechazado el \(date)"))
    }
    func refusedText(_ broker: String) -> String {
        say(
            LocalizedText(
                en:
                    "\(broker) was told, with the reason. Nothing was given. If you change your mind, ask \(broker) for a new link.",
                de:
                    "\(broker) weiß Bescheid und kennt den Grund. Es wurde nichts freigegeben. Wenn Sie es sich anders überlegen, bitten Sie \(broker) um einen neuen Link.",
                fr:
                    "\(broker) a été informé, avec la raison. Rien n’a été accordé. Si vous changez d’avis, demandez un nouveau lien à \(broker).",
                es:
                    "\(broker) lo sabe, con el motivo. No se ha concedido nada. Si cambia de opinión, pida un enlace nuevo a \(broker)."
            ))
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
                de:
                    "Links gelten 30 Tage. Es wurde nichts geändert. Bitten Sie \(broker) um einen neuen; das ist ein Klick.",
                fr:
                    "Les liens sont valables 30 jours. Rien n’a été modifié. Demandez-en un nouveau à \(broker) ; il suffit d’un clic.",
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
                en:
                    "\(broker) has withdrawn the request, or made a new one. Nothing was given with this link. If you expected it, ask \(broker).",
                de:
                    "\(broker) hat die Anfrage zurückgezogen oder neu gestellt. Mit diesem Link wurde nichts freigegeben. Fragen Sie \(broker), wenn Sie sie erwartet haben.",
                fr:
                    "\(broker) a retiré la demande ou en a fait une nouvelle. Rien n’a été accordé avec ce lien. Si vous l’attendiez, adressez-vous à \(broker).",
                es:
                    "\(broker) ha retirado la solicitud o ha hecho otra. Con este enlace no se concedió nada. Si la esperaba, consulte a \(broker)."
            ))
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
                de:
                    "Dieses Portal hat die Verbindung angehalten. Ihr Link bleibt gültig: Öffnen Sie ihn später noch einmal.",
                fr: "Ce portail a suspendu la connexion. Votre lien reste valable : ouvrez-le plus tard.",
                es: "Este portal ha pausado la conexión. Su enlace sigue siendo válido: ábralo más tarde."))
    }
    var unknown: (title: String, text: String) {
        (
            say(
                LocalizedText(
                    en: "This link leads nowhere", de: "Dieser Link führt nirgendwohin",
                    fr: "Ce lien ne mène nulle part",
                    es: "Este enlace no lleva a ninguna parte")),
            say(
                LocalizedText(
                    en:
                        "It may have been cut off or mistyped. Copy it once more in full from the message, or ask whoever sent it. Nothing was changed.",
                    de:
                        "Vielleicht wurde er abgeschnitten oder falsch abgetippt. Kopieren Sie ihn noch einmal ganz aus der Nachricht, oder fragen Sie, wer ihn geschickt hat. Es wurde nichts geändert.",
                    fr:
                        "Il a peut-être été coupé ou mal recopié. Copiez-le en entier depuis le message, ou adressez-vous à l’expéditeur. Rien n’a été modifié.",
                    es:
                        "Quizá se haya cortado o escrito mal. Cópielo de nuevo entero desde el mensaje, o pregunte a quien lo envió. No se ha cambiado nada."
                ))
        )
    }
    var tooMany: (title: String, text: String) {
        (
            say(
                LocalizedText(
                    en: "Please wait a minute", de: "Bitte warten Sie eine Minute", fr: "Veuillez patienter une minute",
                    es: "Espere un minuto")),
            say(
                LocalizedText(
                    en:
                        "Too many links that lead nowhere were opened from your network. Then open your link again; it stays good.",
                    de:
                        "Aus Ihrem Netz wurden zu viele Links geöffnet, die nirgendwohin führen. Öffnen Sie Ihren Link danach noch einmal; er bleibt gültig.",
                    fr:
                        "Trop de liens invalides ont été ouverts depuis votre réseau. Rouvrez ensuite le vôtre ; il reste valable.",
                    es:
                        "Desde su red se han abierto demasiados enlaces que no llevan a ninguna parte. Después abra el suyo de nuevo; sigue siendo válido."
                ))
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
                    en:
                        "It belongs to a page that was opened in another browser, or too long ago. Open the link from the message again, in this browser, and start once more. Nothing was changed.",
                    de:
                        "Sie gehört zu einer Seite, die in einem anderen Browser oder vor zu langer Zeit geöffnet wurde. Öffnen Sie den Link aus der Nachricht noch einmal, in diesem Browser, und beginnen Sie von vorn. Es wurde nichts geändert.",
                    fr:
                        "Elle appartient à une page ouverte dans un autre navigateur, ou il y a trop longtemps. Rouvrez le lien du message dans ce navigateur et recommencez. Rien n’a été modifié.",
                    es:
                        "Pertenece a una página que se abrió en otro navegador o hace demasiado tiempo. Abra de nuevo el enlace del mensaje en este navegador y empiece otra vez. No se ha cambiado nada."
                ))
        )
    }
    var late: String {
        say(
            LocalizedText(
                en: "That took longer than an hour, so the answer does not count any more. Please start once more.",
                de:
                    "Das hat länger als eine Stunde gedauert, deshalb zählt die Antwort nicht mehr. Bitte beginnen Sie noch einmal.",
                fr: "Cela a duré plus d’une heure ; la réponse ne compte plus. Veuillez recommencer.",
                es: "Ha pasado más de una hora y la respuesta ya no cuenta. Empiece de nuevo, por favor."))
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
