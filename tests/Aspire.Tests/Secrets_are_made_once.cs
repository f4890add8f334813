using Microsoft.Extensions.Configuration;

namespace Performance.Hosting;

public sealed class Secrets_are_made_once
{
    [Fact]
    public async Task And_kept_in_a_file_that_only_the_owner_reads()
    {
        using var data = new DataFolderFor();
        var first = await ValueAsync(data, new());
        Assert.Equal(16, first.Length);
        Assert.All(first, c => Assert.True(char.IsAsciiLetterOrDigit(c)));
        Assert.Equal(first, await ValueAsync(data, new()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(data.Path, "secrets", "my-password")));
    }

    [Theory]
    [InlineData("Parameters:my-password")]
    [InlineData("Parameters:my_password")]
    public async Task A_configured_value_goes_before(string key)
    {
        using var data = new DataFolderFor();
        Assert.Equal("given", await ValueAsync(data, new() { [key] = "given" }));
        Assert.False(Directory.Exists(Path.Combine(data.Path, "secrets")));
    }

    [Fact]
    public async Task A_parameter_without_value_says_which()
    {
        await using var app = await TestApp.StartAsync(
            builder => builder.AddEcho("echo").WithEnvironment("X", builder.AddParameter("missing")),
            settings: new() { ["Aspire:RestartCrashed"] = "false" });
        await app.States.WaitForResourceAsync("echo", KnownResourceStates.FailedToStart, app.Stop);
        var log = app.Application.Services.GetRequiredService<ResourceLoggerService>();
        var lines = await log.GetAllAsync("echo").FirstAsync(app.Stop);
        Assert.Contains(lines, l => l.Content.Contains("Parameters:missing", StringComparison.Ordinal));
    }

    [Fact]
    public void As_many_of_each_kind_as_asked_for()
    {
        var text = new GenerateParameterDefault { MinLength = 10, MinNumeric = 4, MinSpecial = 3, Upper = false };
        for (var i = 0; i < 50; i++)
        {
            var value = text.GetDefaultValue();
            Assert.Equal(10, value.Length);
            Assert.True(value.Count(char.IsAsciiDigit) >= 4);
            Assert.True(value.Count(c => !char.IsAsciiLetterOrDigit(c)) >= 3);
            Assert.DoesNotContain(value, char.IsAsciiLetterUpper);
        }
    }

    private static async Task<string> ValueAsync(DataFolderFor data, Dictionary<string, string?> settings)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Configuration["Aspire:Store:Path"] = data.Path;
        var generated = new GenerateParameterDefault { MinLength = 16, Special = false };
        var parameter = builder.AddParameter("my-password", generated, secret: true, persist: true);
        return (await parameter.Resource.GetValueAsync(CancellationToken.None))!;
    }
}
