import HTML
import PortalKit

/// What a form says of itself, for pages in other languages.
struct FormWords {
    /// Above what is wrong.
    var summary = "There is a problem"
    /// Before what is wrong with one field, for screen readers.
    var error = "Error"
}

let errorWord = LocalizedText(en: "Error", de: "Fehler", fr: "Erreur", es: "Error")

struct FormPage {
    var action: String
    var csrfToken: String?
    /// Said above the fields.
    var lead: HTML? = nil
    var fields: [FormField]
    /// What is wrong with no single field: "The address or the password is wrong."
    var problem: String? = nil
    /// The words of the one button.
    var submit: String
    var cancel: (title: String, path: String)? = nil
    var hidden: [(name: String, value: String)] = []
    /// Of the button: `.danger` when it takes something away, `.secondary` beside a more important form.
    var style: ButtonStyle = .primary
    var words = FormWords()

    var hasErrors: Bool { problem != nil || fields.contains { $0.problem != nil } }
}

/// A POST form, with a summary on top when something is wrong. The browser checks nothing, so that all messages are ours.
func form(_ form: FormPage) -> HTML {
    """
    \(when(form.hasErrors, errorSummary(problems(form), title: form.words.summary)))\
    <form class="form" method="post" action="\(url: form.action)" novalidate>
    \(hiddenInputs(form.csrfToken, form.hidden))\
    \(when(form.lead) { #"<div class="lead">\#($0)</div>"# })\(each(form.fields) { formField($0, words: form.words) })
    <div class="actions">\(submitButton(form.submit, style: form.style))\
    \(when(form.cancel) { #"<a class="cancel" href="\#(url: $0.path)">\#($0.title)</a>"# })</div>
    </form>

    """
}

private func problems(_ form: FormPage) -> [(field: String, text: String)] {
    let whole = form.problem.map { [(field: "", text: $0)] } ?? []
    return whole
        + form.fields.compactMap { field in field.problem.map { (field: field.name + field.idSuffix, text: $0) } }
}

func hiddenInputs(_ csrfToken: String?, _ pairs: [(name: String, value: String)]) -> HTML {
    let all = (csrfToken.map { [(name: "csrf", value: $0)] } ?? []) + pairs
    return each(all) { #"<input type="hidden" name="\#($0.name)" value="\#($0.value)">"# }
}
