using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Refit.Tests;

public sealed class An_answer_is_what_the_method_returns(EchoServer server) : IClassFixture<EchoServer>
{
    private readonly IEchoApi _api = RestService.For<IEchoApi>(server.Address);

    [Fact]
    public async Task Text_and_streams_come_unread()
    {
        Assert.Equal("plain words", await _api.Text());
        using var reader = new StreamReader(await _api.Stream());
        Assert.Equal("plain words", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_response_message_is_handed_over_whatever_its_status()
    {
        using var message = await _api.Message();
        Assert.Equal(HttpStatusCode.BadRequest, message.StatusCode);
        Assert.Contains("amount", await message.Content.ReadAsStringAsync());
    }

    [Fact]
    public Task Nothing_is_read_where_nothing_is_returned() => _api.Nothing();

    [Fact]
    public async Task An_error_carries_status_and_content()
    {
        var error = await Assert.ThrowsAsync<ApiException>(_api.PlainError);
        Assert.Equal(HttpStatusCode.NotFound, error.StatusCode);
        Assert.Equal("no such thing", error.Content);
        Assert.Equal("/plain-error", error.Uri!.AbsolutePath);
    }

    [Fact]
    public async Task A_problem_document_is_read()
    {
        var error = await Assert.ThrowsAsync<ValidationApiException>(_api.Problem);
        Assert.Equal("amount: must be positive", error.Content!.Title);
        Assert.Equal(["must be positive"], error.Content.Errors["amount"]);
        Assert.Equal("amount", error.Content.Extensions["field"]);
        Assert.Equal(400, error.Content.Status);
    }

    [Fact]
    public async Task Unreadable_content_is_an_error_with_its_cause()
    {
        var error = await Assert.ThrowsAsync<ApiException>(_api.Broken);
        Assert.IsType<System.Text.Json.JsonException>(error.InnerException);
    }

    [Fact]
    public async Task An_api_response_tells_success_from_failure_without_throwing()
    {
        using var bad = await _api.ProblemAnswer();
        Assert.False(bad.IsSuccessful);
        Assert.IsType<ValidationApiException>(bad.Error);
        await Assert.ThrowsAnyAsync<ApiException>(bad.EnsureSuccessStatusCodeAsync);

        using var good = await _api.Answer();
        Assert.True(good.IsSuccessful);
        Assert.Equal("/echo/ok", good.Content.Target);
    }

    [Fact]
    public async Task Cancelling_ends_the_call()
    {
        using var source = new CancellationTokenSource();
        var call = _api.Never(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task The_client_factory_makes_clients_with_their_settings()
    {
        var services = new ServiceCollection();
        services.AddRefitClient<IEchoApi>(new RefitSettings
            {
                AuthorizationHeaderValueGetter = (_, _) => Task.FromResult("from-settings")
            })
            .ConfigureHttpClient(client => client.BaseAddress = new Uri(server.Address));
        await using var provider = services.BuildServiceProvider();
        var api = provider.GetRequiredService<IEchoApi>();
        Assert.Equal("Bearer from-settings", (await api.Secret()).Headers["authorization"]);
    }

    [Fact]
    public void An_interface_that_cannot_work_fails_when_its_client_is_made()
    {
        Assert.Throws<ArgumentException>(() => RestService.For<INoParameter>(server.Address));
        Assert.Throws<ArgumentException>(() => RestService.For<INoSlash>(server.Address));
        Assert.Throws<ArgumentException>(() => RestService.For<ITwoBodies>(server.Address));
        Assert.Throws<InvalidOperationException>(() => RestService.For<IDisposable>(server.Address));
    }

    private interface INoParameter
    {
        [Get("/echo/{missing}")]
        Task<string> Get();
    }

    private interface INoSlash
    {
        [Get("echo")]
        Task<string> Get();
    }

    private interface ITwoBodies
    {
        [Post("/echo")]
        Task<string> Post(Item one, Item two);
    }
}
