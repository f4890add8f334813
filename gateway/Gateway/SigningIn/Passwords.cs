using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Performance.ServiceDefaults.Problems;

namespace Performance.Gateway;

/// <summary>Hashes and checks passwords; slow on purpose, so only a few at a time.</summary>
internal sealed class Passwords
{
    private const int Shortest = 8;
    private const int Longest = 256;

    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "password1", "password123", "passw0rd", "12345678", "123456789", "1234567890", "11111111",
        "00000000", "87654321", "qwertyui", "qwertyuiop", "qwerty123", "1q2w3e4r", "asdfghjk", "abcdefgh", "abcd1234",
        "iloveyou", "letmein1", "welcome1", "changeme", "changeit", "administrator", "admin123", "performance",
        "football", "baseball", "sunshine", "princess", "trustno1", "superman", "whatever", "starwars"
    };

    private readonly PasswordHasher<string> hasher;
    private readonly string nobodys;
    private readonly SemaphoreSlim turns = new(Math.Max(1, Environment.ProcessorCount));

    public Passwords(IConfiguration configuration)
    {
        hasher = new PasswordHasher<string>(Options.Create(new PasswordHasherOptions
        {
            // OWASP's figure for PBKDF2 with SHA-512.
            IterationCount = configuration.GetValue("Passwords:Iterations", 210_000)
        }));
        nobodys = Hash(Secrets.New());
    }

    public string Hash(string password) => hasher.HashPassword("", password);

    /// <summary>Whether the password is right; takes as long where there is no such user.</summary>
    public async Task<bool> MatchesAsync(string? hash, string password, CancellationToken cancel)
    {
        await turns.WaitAsync(cancel);
        try
        {
            var matches = hasher.VerifyHashedPassword("", hash ?? nobodys, password)
                != PasswordVerificationResult.Failed;
            return matches && hash is not null;
        }
        finally
        {
            turns.Release();
        }
    }

    /// <summary>Refuses what is guessed first; length counts more than a mixture of characters.</summary>
    /// <exception cref="InvalidFieldException">Names the field and what is wanted.</exception>
    public static string Good(string field, string? password, string userName) => Weakness(password, userName) switch
    {
        null => password!,
        var weakness => throw new InvalidFieldException(field, weakness)
    };

    /// <summary>What is wrong with a password, or null.</summary>
    public static string? Weakness(string? password, string userName) => password switch
    {
        null or "" => "is required",
        { Length: < Shortest } => $"has fewer than {Shortest} characters",
        { Length: > Longest } => $"has more than {Longest} characters",
        _ when Common.Contains(password) => "is one of the most used passwords",
        _ when password.Distinct().Count() < 4 => "repeats the same few characters",
        _ when password.Contains(userName, StringComparison.OrdinalIgnoreCase)
            && password.Length < userName.Length + 4 => "is hardly more than the user name",
        _ => null
    };
}
