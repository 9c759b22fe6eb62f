/// What the admin portal says where there is nothing to decide.
enum AdminNotice {
    case approved(String)
    case rejected(String)
    case alreadyApproved(String)
    case lapsed(String)
    case over(String)
    case unknown
    case otherCustomer
    case notCustomer(String)
    case notAdministrator(String)
    case signInExpired

    var title: String {
        switch self {
        case .approved: "Approved"
        case .rejected: "Rejected"
        case .alreadyApproved: "Already approved"
        case .lapsed: "This request has lapsed"
        case .over: "This request is over"
        case .unknown: "There is no such request"
        case .otherCustomer: "This request is for another organization"
        case .notCustomer: "This account is not at a customer"
        case .notAdministrator: "Only a Global Administrator can answer"
        case .signInExpired: "Please start again"
        }
    }

    var text: String {
        switch self {
        case .approved(let partner):
            "\(partner) gets the roles within some minutes. You can take them back at any time under “Partner "
                + "relationships”."
        case .rejected(let partner): "\(partner) gets no roles by this request."
        case .alreadyApproved(let partner):
            "Your organization has approved this request of \(partner). Nothing more is needed."
        case .lapsed(let partner):
            "It was not answered within 90 days. Ask \(partner) for a new one if you still want it."
        case .over(let partner):
            "It was withdrawn, rejected or ended. Ask \(partner) for a new one if you want it again."
        case .unknown:
            "The link may be incomplete, or the partner has taken the request back. Ask the partner for a new link."
        case .otherCustomer:
            "It was made for another organization, or has been used by one; a request serves one only. Ask the partner "
                + "for a link of your own."
        case .notCustomer(let account):
            "\(account) belongs to a partner. Requests are answered by the customer’s own Global Administrator."
        case .notAdministrator(let account):
            "\(account) is not a Global Administrator of the organization. Nothing was changed; send the link to "
                + "somebody who is."
        case .signInExpired: "The sign-in took too long or was not complete. Open the link once more."
        }
    }
}
