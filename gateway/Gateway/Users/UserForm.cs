using System.Text.RegularExpressions;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Gateway;

/// <summary>What an admin says about a user.</summary>
internal sealed partial record UserForm(
    string? UserName,
    string? Password,
    string? DisplayName,
    IReadOnlyList<string?>? Roles,
    Guid? AgentId,
    IReadOnlyList<string?>? Teams,
    string? Department,
    bool Disabled = false)
{
    public static UserForm Of(User user) => new(
        user.UserName, null, user.DisplayName, user.Roles, user.AgentId, user.Teams, user.Department, user.Disabled);

    /// <summary>The form, trimmed, if everything in it is right; else names the first wrong field.</summary>
    public UserForm Checked()
    {
        var name = UserName?.Trim().ToLowerInvariant();
        if (name is null || !NamePattern().IsMatch(name))
        {
            throw new InvalidFieldException(
                "userName", "must be 1 to 100 of the characters a-z 0-9 . _ @ + - and begin with a letter or digit");
        }

        if (Roles is not { Count: > 0 })
        {
            throw new InvalidFieldException("roles", "is required");
        }

        foreach (var (index, role) in Roles.Index())
        {
            if (role is null || !ServiceDefaults.Identity.Roles.All.Contains(role))
            {
                throw new InvalidFieldException(
                    $"roles[{index}]", $"must be one of {string.Join(", ", ServiceDefaults.Identity.Roles.All)}");
            }
        }

        return this with
        {
            UserName = name,
            Roles = Roles.Distinct().ToList(),
            Teams = (Teams ?? []).Select((team, i) => Text($"teams[{i}]", team, 100)
                ?? throw new InvalidFieldException($"teams[{i}]", "is empty")).Distinct().ToList(),
            DisplayName = Text("displayName", DisplayName, 200),
            Department = Text("department", Department, 100)
        };
    }

    private static string? Text(string field, string? value, int most) => value?.Trim() switch
    {
        null or "" => null,
        { } text when text.Length > most => throw new InvalidFieldException(field, $"has more than {most} characters"),
        { } text when text.Any(char.IsControl) => throw new InvalidFieldException(field, "has control characters"),
        { } text => text
    };

    [GeneratedRegex("^[a-z0-9][a-z0-9._@+-]{0,99}$")]
    private static partial Regex NamePattern();
}
