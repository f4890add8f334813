using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

public sealed class Signing_keys_rotate : IAsyncLifetime
{
    private readonly GatewayFixture fixture = new();

    public Task InitializeAsync() => fixture.InitializeAsync();

    public Task DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task What_is_published_checks_what_is_signed()
    {
        var answer = await fixture.Client.CallAsync(HttpMethod.Get, "/.well-known/jwks.json");
        Assert.Equal("public, max-age=300", answer.Headers.CacheControl!.ToString());
        var json = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("\"d\"", json);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(
            await fixture.AdminTokenAsync(),
            new TokenValidationParameters
            {
                ValidIssuer = "performance", ValidAudience = "performance",
                IssuerSigningKeys = new JsonWebKeySet(json).GetSigningKeys()
            });
        Assert.True(result.IsValid, result.Exception?.Message);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/.well-known/jwks.json");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        Assert.Equal(System.Net.HttpStatusCode.NotModified, (await fixture.Client.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task Two_replicas_that_start_at_once_agree()
    {
        var hosts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => fixture.Start())));
        var sets = await Task.WhenAll(hosts.Select(host => host.Client.GetStringAsync("/.well-known/jwks.json")));
        Assert.Single(sets.Distinct());
        var admin = new TestUser("admin", GatewayFixture.AdminPassword);
        foreach (var signer in hosts)
        {
            var token = (await admin.SignInAsync(signer.Client)).Token;
            foreach (var checker in hosts)
            {
                await checker.Client.CallAsync(HttpMethod.Get, "/api/tickets", null, token).JsonAsync();
            }
        }
    }

    [Fact]
    public async Task A_new_key_is_announced_signs_and_the_old_one_retires()
    {
        var clock = new TestClock();
        var gateway = fixture.Start(clock);
        var admin = new TestUser("admin", GatewayFixture.AdminPassword);
        var before = (await admin.SignInAsync(gateway.Client)).Token;
        var first = new JsonWebToken(before).Kid;

        clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(14));
        await RotateAsync(gateway);
        var announced = await IdsAsync(gateway);
        Assert.Equal(2, announced.Count);
        before = (await admin.SignInAsync(gateway.Client)).Token;
        Assert.Equal(first, new JsonWebToken(before).Kid);

        clock.Advance(TimeSpan.FromMinutes(12));
        before = (await admin.SignInAsync(gateway.Client)).Token;
        clock.Advance(TimeSpan.FromMinutes(5));
        await RotateAsync(gateway);
        var after = (await admin.SignInAsync(gateway.Client)).Token;
        var second = new JsonWebToken(after).Kid;
        Assert.Equal(first, new JsonWebToken(before).Kid);
        Assert.NotEqual(first, second);
        Assert.Contains(second, announced);
        foreach (var token in (string[])[before, after])
        {
            await gateway.Client.CallAsync(HttpMethod.Post, "/auth/renew", null, token).JsonAsync();
        }

        clock.Advance(TimeSpan.FromHours(1.1));
        await RotateAsync(gateway);
        Assert.Equal([second], await IdsAsync(gateway));
    }

    [Fact]
    public async Task An_operator_who_deletes_the_keys_gets_new_ones_at_once()
    {
        var gateway = fixture.Start();
        var old = await IdsAsync(gateway);
        await fixture.Postgres.ExecuteAsync("delete from signing_keys");
        await Eventually.Async(async () => (await IdsAsync(gateway)).Intersect(old).Any() is false);
        await new TestUser("admin", GatewayFixture.AdminPassword).SignInAsync(gateway.Client);
    }

    [Fact]
    public async Task A_replica_with_another_keys_folder_signs_with_its_own_and_all_trust_both()
    {
        var other = Directory.CreateTempSubdirectory("gateway-keys-");
        var stranger = fixture.Start(null, ("Keys:Folder", other.FullName));
        var own = fixture.Gateway;
        var admin = new TestUser("admin", GatewayFixture.AdminPassword);
        var one = (await admin.SignInAsync(stranger.Client)).Token;
        var two = (await admin.SignInAsync(own.Client)).Token;
        Assert.NotEqual(new JsonWebToken(one).Kid, new JsonWebToken(two).Kid);
        await Eventually.Async(async () => (await IdsAsync(stranger)).SequenceEqual(await IdsAsync(own)));
        await own.Client.CallAsync(HttpMethod.Get, "/api/tickets", null, one).JsonAsync();
        await stranger.Client.CallAsync(HttpMethod.Get, "/api/tickets", null, two).JsonAsync();
        other.Delete(recursive: true);
    }

    [Fact]
    public async Task The_private_keys_are_of_no_use_without_the_folder()
    {
        await fixture.AdminTokenAsync();
        var stored = await fixture.Postgres.ScalarAsync<byte[]>("select private_key from signing_keys");
        using var pair = System.Security.Cryptography.ECDsa.Create();
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(
            () => pair.ImportPkcs8PrivateKey(stored, out _));
        var file = Path.Combine(fixture.KeysFolder, "gateway.key");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private static Task RotateAsync(GatewayHost gateway) =>
        ((SigningKeys)gateway.Services.GetService(typeof(SigningKeys))!).RefreshAsync(default);

    private static async Task<List<string>> IdsAsync(GatewayHost gateway) =>
        (await gateway.Client.CallAsync(HttpMethod.Get, "/.well-known/jwks.json").JsonAsync())["keys"]!.AsArray()
        .Select(key => key!["kid"]!.GetValue<string>()).ToList();
}
