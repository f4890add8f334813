using System.Net;
using Performance.Testing;

namespace Performance.Gateway.Setup;

/// <summary>What a sign-in gave: the token, and the cookie as a browser would send it.</summary>
public sealed record SignedIn(string Token, string Cookie, string SetCookie)
{
    public (string Name, string Value) Header => ("Cookie", Cookie);
}

/// <summary>Somebody who can sign in.</summary>
public sealed record TestUser(string Name, string Password)
{
    public Task<HttpResponseMessage> TryAsync(
        HttpClient client, string? password = null, params (string Name, string Value)[] headers) => client.CallAsync(
        HttpMethod.Post, "/auth/login", new { userName = Name, password = password ?? Password }, null, headers);

    public async Task<SignedIn> SignInAsync(HttpClient client)
    {
        var response = await TryAsync(client).ShouldBeAsync(HttpStatusCode.OK);
        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        var body = await Task.FromResult(response).JsonAsync();
        return new SignedIn(body["accessToken"]!.GetValue<string>(), cookie.Split(';')[0], cookie);
    }
}
