using System.Net;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

public sealed class The_first_start : IAsyncLifetime
{
    private readonly GatewayFixture fixture = new();

    public Task InitializeAsync() => fixture.InitializeAsync();

    public Task DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task Generates_the_admins_password_into_a_file_that_only_the_owner_reads()
    {
        var gateway = fixture.Start(null, ("PERFORMANCE_ADMIN_PASSWORD", null));
        var file = Path.Combine(fixture.KeysFolder, "admin-password");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var password = (await File.ReadAllTextAsync(file)).Trim();
        Assert.True(password.Length >= 20);
        await new TestUser("admin", password).SignInAsync(gateway.Client);
        await new TestUser("admin", GatewayFixture.AdminPassword).TryAsync(gateway.Client)
            .ShouldBeAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Takes_the_given_password_and_writes_it_nowhere()
    {
        await new TestUser("admin", GatewayFixture.AdminPassword).SignInAsync(fixture.Client);
        Assert.Equal(["gateway.key"], Directory.GetFiles(fixture.KeysFolder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_later_start_changes_no_password()
    {
        await new TestUser("admin", GatewayFixture.AdminPassword).SignInAsync(fixture.Client);
        var again = fixture.Start(null, ("PERFORMANCE_ADMIN_PASSWORD", "another one altogether"));
        await new TestUser("admin", GatewayFixture.AdminPassword).SignInAsync(again.Client);
    }
}
