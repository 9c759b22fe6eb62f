import HTML

struct FilterChoice {
    var name: String
    var label: String
    var options: [(value: String, label: String)]
    var value: String = ""
}

struct FilterInput {
    enum Kind: String {
        case text, date
    }

    var name: String
    var label: String
    var value: String = ""
    var kind = Kind.text
}

/// A GET form above a table, so that each view has an address of its own.
///
/// `clearPath` is given while a filter is on. `hidden` keeps what else is in the address, the sort order for one.
func filters(
    path: String,
    search: (label: String, value: String)? = nil,
    searchName: String = "q",
    choices: [FilterChoice] = [],
    inputs: [FilterInput] = [],
    hidden: [(name: String, value: String)] = [],
    clearPath: String? = nil
) -> HTML {
    """
    <form class="filters" method="get" action="\(url: path)">\(hiddenInputs(nil, hidden))
    \(when(search) { searchFilter(name: searchName, label: $0.label, value: $0.value) })\(each(choices, choiceFilter))\(each(inputs, inputFilter))
    <div class="actions">\(submitButton("Filter", style: .secondary))\
    \(when(clearPath) { #"<a class="cancel" href="\#(url: $0)">Clear</a>"# })</div>
    </form>

    """
}

private func searchFilter(name: String, label: String, value: String) -> HTML {
    """
    <div class="filter grow"><label for="filter-\(name)">\(label)</label>\
    <input id="filter-\(name)" name="\(name)" type="search" value="\(value)" autocomplete="off"></div>
    """
}

private func choiceFilter(_ choice: FilterChoice) -> HTML {
    """
    <div class="filter"><label for="filter-\(choice.name)">\(choice.label)</label>\
    <select id="filter-\(choice.name)" name="\(choice.name)">\
    \(each(choice.options) {
        #"<option value="\#($0.value)"\#(attribute: "selected", $0.value == choice.value)>\#($0.label)</option>"#
    })</select></div>
    """
}

private func inputFilter(_ input: FilterInput) -> HTML {
    """
    <div class="filter"><label for="filter-\(input.name)">\(input.label)</label>\
    <input id="filter-\(input.name)" name="\(input.name)" type="\(input.kind.rawValue)" value="\(input.value)" autocomplete="off"></div>
    """
}
