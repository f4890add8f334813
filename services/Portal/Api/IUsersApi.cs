using Refit;

namespace Performance.Portal.Api;

/// <summary>Sign-ins and integrations' keys, kept by the gateway; for admins.</summary>
public interface IUsersApi
{
    [Get("/auth/users")]
    Task<PageOf<SignIn>> UsersAsync(int page, int pageSize, CancellationToken cancel);

    [Post("/auth/users")]
    Task AddUserAsync([Body] SignInChange user, CancellationToken cancel);

    [Put("/auth/users/{userName}")]
    Task ChangeUserAsync(string userName, [Body] SignInChange user, CancellationToken cancel);

    [Delete("/auth/users/{userName}")]
    Task RemoveUserAsync(string userName, CancellationToken cancel);

    [Get("/auth/keys")]
    Task<PageOf<ApiKey>> KeysAsync(int page, int pageSize, CancellationToken cancel);

    [Post("/auth/keys")]
    Task<NewApiKey> AddKeyAsync([Body] ApiKeyName name, CancellationToken cancel);

    [Delete("/auth/keys/{id}")]
    Task RemoveKeyAsync(string id, CancellationToken cancel);

    [Post("/auth/password")]
    Task ChangePasswordAsync([Body] PasswordChange change, CancellationToken cancel);
}

public sealed record SignIn(
    string UserName, string? DisplayName, IReadOnlyList<string> Roles, Guid? AgentId, IReadOnlyList<string> Teams,
    string? Department)
{
    public bool Disabled { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}

public sealed record SignInChange(
    string UserName, string? Password, string? DisplayName, IReadOnlyList<string> Roles, Guid? AgentId,
    IReadOnlyList<string> Teams, string? Department)
{
    public bool Disabled { get; init; }
}

public sealed record ApiKey(string Id, string Name, string? CreatedBy, DateTimeOffset? CreatedAt);

public sealed record ApiKeyName(string Name);

/// <summary>The key is shown this once.</summary>
public sealed record NewApiKey(string Id, string Key);

public sealed record PasswordChange(string CurrentPassword, string NewPassword);
