using System.Security.Cryptography;

namespace Aspire.Hosting;

internal static class RandomText
{
    // Letters and digits that are easily mistaken for one another (l, I, O, 0) are left out, as people type these.
    public const string LowerCase = "abcdefghjkmnpqrstuvwxyz";
    public const string UpperCase = "ABCDEFGHJKMNPQRSTUVWXYZ";
    public const string Digits = "123456789";
    public const string Punctuation = "-_.{}~()*+!";

    public static string Generate(int length, params (bool Allowed, int AtLeast, string Characters)[] kinds)
    {
        var allowed = kinds.Where(k => k.Allowed).ToArray();
        if (allowed.Length == 0)
            throw new ArgumentException("At least one kind of character must be allowed.", nameof(kinds));
        var text = new List<char>();
        foreach (var (_, atLeast, characters) in allowed)
            text.AddRange(RandomNumberGenerator.GetItems<char>(characters, atLeast));
        var all = string.Concat(allowed.Select(k => k.Characters));
        if (text.Count < length)
            text.AddRange(RandomNumberGenerator.GetItems<char>(all, length - text.Count));
        var shuffled = text.ToArray();
        RandomNumberGenerator.Shuffle(shuffled.AsSpan());
        return new string(shuffled);
    }

    public static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Eight letters and digits, as the real host adds to the names of processes.</summary>
    public static string Suffix() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz", 8);
}
