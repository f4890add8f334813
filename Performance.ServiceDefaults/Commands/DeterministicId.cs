using System.Security.Cryptography;
using System.Text;

namespace Performance.ServiceDefaults.Commands;

/// <summary>Ids that follow from what they stand for, so that doing a thing twice meets the same stream.</summary>
public static class DeterministicId
{
    /// <summary>A version 8 UUID (RFC 9562) from SHA-256 over the parts; a part's length counts, so none can run
    /// on.</summary>
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part.Length).Append(':').Append(part);
        }

        var id = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
