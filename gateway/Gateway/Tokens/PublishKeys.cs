using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using Performance.ServiceDefaults.Identity;

namespace Performance.Gateway;

/// <summary><c>GET /.well-known/jwks.json</c>: the public keys, for every service that checks tokens.</summary>
internal static class PublishKeys
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet(TokenAuthentication.KeysPath, Handle).AllowAnonymous().ExcludeFromDescription();

    private static IResult Handle(SigningKeys keys, HttpResponse response)
    {
        // Shorter than the time for which a new key is announced before it signs.
        response.Headers.CacheControl = "public, max-age=300";
        var bytes = Encoding.UTF8.GetBytes(keys.Published);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        return Results.Bytes(bytes, "application/json", entityTag: tag);
    }
}
