using System.Text.Json.Serialization;

namespace Performance.Gateway;

/// <summary>Who is signed in.</summary>
/// <param name="UserName">The name to sign in with.</param>
/// <param name="DisplayName">The name to show, if there is one.</param>
/// <param name="Roles">What the person may do.</param>
/// <param name="AgentId">The person's agent record; absent for those who have none.</param>
/// <param name="Teams">The teams the person leads or supervises.</param>
/// <param name="Department">The department the person heads; absent for others.</param>
internal sealed record SignedInUser(
    string UserName,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DisplayName,
    IReadOnlyList<string> Roles,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? AgentId,
    IReadOnlyList<string> Teams,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Department)
{
    public static SignedInUser From(User user) =>
        new(user.UserName, user.DisplayName, user.Roles, user.AgentId, user.Teams, user.Department);
}

/// <summary>A token and whose it is.</summary>
/// <param name="AccessToken">For the header <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresAt">When it stops working; renew it before.</param>
/// <param name="User">Whose it is.</param>
internal sealed record TokenAnswer(string AccessToken, DateTimeOffset ExpiresAt, SignedInUser User)
{
    public static TokenAnswer From(AccessToken token, User user) =>
        new(token.Value, token.ExpiresAt, SignedInUser.From(user));
}
