using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Performance.Gateway;

/// <summary>Random secrets that we hand out and keep only the hash of.</summary>
internal static class Secrets
{
    /// <summary>256 random bits in a form that cookies and headers take.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Enough for secrets of 256 random bits: nothing to guess, so nothing to slow down.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
