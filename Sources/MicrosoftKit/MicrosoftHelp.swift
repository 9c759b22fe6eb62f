import OpenIDConnect
public import PortalKit

/// What an error that came back with a redirect means.
public enum MicrosoftHelp {
    public static func problem(error: String, description: String) -> Problem {
        var problem = EntraHelp.problem(OAuthError(error: error, description: description))
        problem.remedy = .none
        return problem
    }

    /// Whether somebody was asked for what only an administrator may give. The error alone does not tell it from a *Cancel*, so
    /// the number chooses the words; what happens next is the same.
    public static func needsAdministrator(_ description: String) -> Bool {
        ["AADSTS90094", "AADSTS90095"].contains { description.contains($0) }
    }
}

extension MicrosoftSignIn {
    /// Whether a sign-in ended in another tenant than it was meant for.
    public static func saysOtherTenant(_ problem: Problem) -> Bool {
        problem.title == EntraHelp.otherTenant(typed: "", found: "").title
    }
}
