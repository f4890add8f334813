using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Performance.Gateway;

/// <summary>An ES256 key pair, or only its public half where another folder's secret protects the rest.</summary>
internal sealed record SigningKey(string Id, DateTimeOffset SignsFrom, string ProtectedBy, ECDsaSecurityKey Key)
{
    /// <summary>The public key as an entry of a JSON web key set.</summary>
    public object PublicEntry()
    {
        var point = Key.ECDsa.ExportParameters(false).Q;
        return new
        {
            kty = "EC",
            crv = "P-256",
            use = "sig",
            alg = SecurityAlgorithms.EcdsaSha256,
            kid = Id,
            x = Base64UrlEncoder.Encode(point.X),
            y = Base64UrlEncoder.Encode(point.Y)
        };
    }

    public static SigningKey Create(DateTimeOffset signsFrom, string protectedBy)
    {
        var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Base64UrlEncoder.Encode(SHA256.HashData(pair.ExportSubjectPublicKeyInfo()))[..16];
        return new SigningKey(id, signsFrom, protectedBy, new ECDsaSecurityKey(pair) { KeyId = id });
    }

    public static SigningKey Read(
        string id, byte[] publicKey, byte[] privateKey, string protectedBy, DateTimeOffset signsFrom, KeysFolder folder)
    {
        var pair = ECDsa.Create();
        if (protectedBy == folder.Id)
        {
            pair.ImportPkcs8PrivateKey(folder.Unprotect(privateKey, id), out _);
        }
        else
        {
            pair.ImportSubjectPublicKeyInfo(publicKey, out _);
        }

        return new SigningKey(id, signsFrom, protectedBy, new ECDsaSecurityKey(pair) { KeyId = id });
    }
}
