import HTML

struct FormField {
    enum Kind {
        case text, email
        /// A person's own password. Never sent back to the browser.
        case password
        /// An API key and the like; no password manager should offer to keep it. Never sent back to the browser.
        case secret
        /// Up to five as radio buttons, more as a list to select from.
        case choice([(value: String, label: String)])
        /// Checked when the value is not empty; sends "on".
        case checkbox
        /// Any number of several, each with a name of its own that sends "on".
        case checkboxes([Checkbox])
        case multiline
    }

    struct Checkbox {
        var name: String
        var label: String
        var isChecked: Bool
    }

    var name: String
    var label: String
    var hint: String? = nil
    var value: String = ""
    var kind: Kind = .text
    var autocomplete: String? = nil
    var problem: String? = nil
    var isRequired = true
    var inputMode: String? = nil
    var maxLength: Int? = nil
    /// For ids and codes: monospaced, not spell-checked.
    var isCode = false
    /// Folded under the field.
    var help: (title: String, lines: [String])? = nil

    /// Of a text of many lines.
    var rows = 5
    var errorWord = FormWords().error

    /// Tells fields of one name in several forms of a page apart.
    var idSuffix = ""

    var id: String { "field-\(name)\(idSuffix)" }

    func with(idSuffix: String) -> FormField {
        var field = self
        field.idSuffix = "-" + idSuffix.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined()
        return field
    }
}

/// Label, hint, problem and control, tied together for screen readers.
func formField(_ field: FormField, words: FormWords = FormWords()) -> HTML {
    var field = field
    field.errorWord = words.error
    return formField(of: field)
}

private func formField(of field: FormField) -> HTML {
    switch field.kind {
    case .checkbox: checkboxField(field)
    case .checkboxes(let boxes): checkboxesField(field, boxes)
    case .choice(let options) where options.count <= 5: radioField(field, options)
    case .choice(let options): labelledField(field, control: selectControl(field, options))
    case .multiline: labelledField(field, control: textArea(field))
    case .text: labelledField(field, control: input(field, type: "text"))
    // "username" is not allowed on an email input, and sign-in forms want it there.
    case .email: labelledField(field, control: input(field, type: field.autocomplete == "username" ? "text" : "email"))
    case .password, .secret:
        labelledField(
            field,
            control: """
                <span class="revealed">\(input(field, type: "password"))\
                <button class="button small needs-js" type="button" data-reveal="\(field.id)" aria-pressed="false">\
                Show<span class="visually-hidden"> \(field.label)</span></button></span>
                """
        )
    }
}

private func labelledField(_ field: FormField, control: HTML) -> HTML {
    """
    <div class="field\(when(field.problem != nil, " has-problem"))">
    <label for="\(field.id)">\(field.label)\(optionalMark(field))</label>
    \(hintAndProblem(field))\(control)\(help(field))
    </div>

    """
}

private func input(_ field: FormField, type: String) -> HTML {
    let isHidden = type == "password"
    var inputMode = field.inputMode
    var isPlain = type == "text" && !field.isCode
    if case .email = field.kind {
        inputMode = "email"
        isPlain = false
    }
    return """
        <input id="\(field.id)" name="\(field.name)" type="\(type)"\(attribute: "value", isHidden ? nil : field.value)\
        \(attribute: "class", field.isCode ? "code" : nil)\(attribute: "autocomplete", field.autocomplete ?? "off")\
        \(attribute: "inputmode", inputMode)\(attribute: "maxlength", field.maxLength.map(String.init))\
        \(attribute: "spellcheck", isPlain ? nil : "false")\(attribute: "autocapitalize", isPlain ? nil : "none")\
        \(wiring(field))>
        """
}

private func textArea(_ field: FormField) -> HTML {
    """
    <textarea id="\(field.id)" name="\(field.name)" rows="\(field.rows)"\(attribute: "class", field.isCode ? "code" : nil)\
    \(attribute: "maxlength", field.maxLength.map(String.init))\(wiring(field))>\n\(field.value)</textarea>
    """
}

private func selectControl(_ field: FormField, _ options: [(value: String, label: String)]) -> HTML {
    """
    <select id="\(field.id)" name="\(field.name)"\(wiring(field, canBeEmpty: options.first?.value == ""))>\
    \(each(options) {
        #"<option value="\#($0.value)"\#(attribute: "selected", $0.value == field.value)>\#($0.label)</option>"#
    })</select>
    """
}

private func radioField(_ field: FormField, _ options: [(value: String, label: String)]) -> HTML {
    """
    <fieldset class="field\(when(field.problem != nil, " has-problem"))"\(attribute: "aria-describedby", describedBy(field))>
    <legend>\(field.label)\(optionalMark(field))</legend>
    \(hintAndProblem(field))\(each(options.enumerated()) { radio(field, $1, index: $0) })\(help(field))
    </fieldset>

    """
}

/// The first one has the field's own id, so that the error summary leads to it.
private func radio(_ field: FormField, _ option: (value: String, label: String), index: Int) -> HTML {
    let id = index == 0 ? field.id : "\(field.id)-\(index + 1)"
    return """
        <div class="choice"><input id="\(id)" name="\(field.name)" type="radio" value="\(option.value)"\
        \(attribute: "checked", option.value == field.value)\(attribute: "required", field.isRequired)>\
        <label for="\(id)">\(option.label)</label></div>

        """
}

private func checkboxField(_ field: FormField) -> HTML {
    """
    <div class="field\(when(field.problem != nil, " has-problem"))">
    \(when(field.problem) { problemLine(field, $0) })
    <div class="choice"><input id="\(field.id)" name="\(field.name)" type="checkbox" value="on"\
    \(attribute: "checked", !field.value.isEmpty)\(wiring(field))><label for="\(field.id)">\(field.label)</label></div>
    \(when(field.hint) { hintLine(field, $0) })\(help(field))
    </div>

    """
}

/// The first one has the field's own id, so that the error summary leads to it.
private func checkboxesField(_ field: FormField, _ boxes: [FormField.Checkbox]) -> HTML {
    """
    <fieldset class="field\(when(field.problem != nil, " has-problem"))"\(attribute: "aria-describedby", describedBy(field))>
    <legend>\(field.label)</legend>
    \(hintAndProblem(field))\(each(boxes.enumerated()) { place, box in
        let id = place == 0 ? field.id : "\(field.id)-\(place + 1)"
        return """
            <div class="choice"><input id="\(id)" name="\(box.name)" type="checkbox" value="on"\
            \(attribute: "checked", box.isChecked)><label for="\(id)">\(box.label)</label></div>

            """ as HTML
    })\(help(field))
    </fieldset>

    """
}

private func optionalMark(_ field: FormField) -> HTML {
    when(!field.isRequired, #" <span class="optional">(optional)</span>"#)
}

private func hintAndProblem(_ field: FormField) -> HTML {
    "\(when(field.hint) { hintLine(field, $0) })\(when(field.problem) { problemLine(field, $0) })"
}

private func hintLine(_ field: FormField, _ text: String) -> HTML {
    #"<p class="hint" id="\#(field.id)-hint">\#(text)</p>"#
}

private func problemLine(_ field: FormField, _ text: String) -> HTML {
    """
    <p class="field-problem" id="\(field.id)-problem">\(icon(.tone(.bad)))<span><span class="visually-hidden">\(field.errorWord): </span>\
    \(text)</span></p>
    """
}

private func help(_ field: FormField) -> HTML {
    when(field.help) { help in folded(help.title, each(help.lines) { "<p>\($0)</p>" }) }
}

private func describedBy(_ field: FormField) -> String? {
    let ids = [field.hint.map { _ in "\(field.id)-hint" }, field.problem.map { _ in "\(field.id)-problem" }]
    let list = ids.compactMap(\.self).joined(separator: " ")
    return list.isEmpty ? nil : list
}

private func wiring(_ field: FormField, canBeEmpty: Bool = true) -> HTML {
    """
    \(attribute: "required", field.isRequired && canBeEmpty)\(attribute: "aria-describedby", describedBy(field))\
    \(attribute: "aria-invalid", field.problem == nil ? nil : "true")
    """
}
