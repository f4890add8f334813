using System.Net;
using System.Net.Http.Headers;
using Performance.Gateway.Setup;
using Performance.Testing;

namespace Performance.Gateway;

[Collection(nameof(SharedGateway))]
public sealed class Bodies_are_limited(GatewayFixture fixture)
{
    private const int Megabyte = 1 << 20;
    private readonly HttpClient client = fixture.Client;

    [Theory]
    [InlineData("/api/activity", 11, true)]
    [InlineData("/api/activity", 11, false)]
    [InlineData("/api/tickets", 2, true)]
    [InlineData("/api/tickets", 2, false)]
    [InlineData("/auth/login", 2, true)]
    [InlineData("/auth/login", 2, false)]
    [InlineData("/auth/users", 2, true)]
    public async Task To_what_a_route_needs(string path, int megabytes, bool lengthIsTold)
    {
        using var body = Body(megabytes, lengthIsTold);
        var seen = fixture.Backends["ticket-service"].Requests.Count;
        var call = client.CallAsync(HttpMethod.Post, path, body, await fixture.AdminTokenAsync(), Ask(lengthIsTold));
        try
        {
            await call.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        }
        catch (HttpRequestException e) when (!lengthIsTold && e.InnerException is IOException)
        {
            // The server answers and closes while the client still sends: some clients see only the broken pipe.
        }

        Assert.Equal(seen, fixture.Backends["ticket-service"].Requests.Count);
    }

    [Theory]
    [InlineData("/api/activity", 9)]
    [InlineData("/api/tickets/imports", 60)]
    public async Task Below_that_they_pass_whole(string path, int megabytes)
    {
        using var body = Body(megabytes, lengthIsTold: false);
        var seen = await client.CallAsync(HttpMethod.Post, path, body, await fixture.AdminTokenAsync()).AsAsync<Seen>();
        Assert.Equal((long)megabytes * Megabyte, seen.Body);
    }

    [Fact]
    public async Task An_import_of_more_than_a_gigabyte_is_refused_before_it_starts()
    {
        using var body = new PushContent(async stream => await stream.FlushAsync(), 1100L * Megabyte);
        await client.CallAsync(
            HttpMethod.Post, "/api/tickets/imports", body, await fixture.AdminTokenAsync(), Ask(true))
            .ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task An_import_reaches_the_service_while_it_is_being_sent()
    {
        var service = fixture.Backends["ticket-service"];
        Interlocked.Exchange(ref service.Received, 0);
        using var body = new PushContent(async stream =>
        {
            await stream.WriteAsync(new byte[Megabyte]);
            await stream.FlushAsync();
            // Were it buffered anywhere, this would wait for what is only sent afterwards.
            await Eventually.Async(() => Interlocked.Read(ref service.Received) == Megabyte);
            await stream.WriteAsync(new byte[Megabyte]);
        });
        var seen = await client.CallAsync(
            HttpMethod.Post, "/api/tickets/imports", body, await fixture.AdminTokenAsync()).AsAsync<Seen>();
        Assert.Equal(2 * Megabyte, seen.Body);
    }

    // Who tells the length may ask before sending, as curl does; else the refusal meets a client that still sends.
    private static (string, string)[] Ask(bool first) => first ? [("Expect", "100-continue")] : [];

    private static HttpContent Body(int megabytes, bool lengthIsTold)
    {
        if (lengthIsTold)
        {
            var content = new ByteArrayContent(Blanks(megabytes));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return content;
        }

        return new PushContent(async stream =>
        {
            for (var i = 0; i < megabytes; i++)
            {
                await stream.WriteAsync(Blanks(1));
            }
        });
    }

    // JSON may begin with any amount of them: whoever reads it reads on.
    private static byte[] Blanks(int megabytes)
    {
        var bytes = new byte[megabytes * Megabyte];
        Array.Fill(bytes, (byte)' ');
        return bytes;
    }

    private sealed class PushContent : HttpContent
    {
        private readonly Func<Stream, Task> push;
        private readonly long? length;

        public PushContent(Func<Stream, Task> push, long? length = null)
        {
            this.push = push;
            this.length = length;
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => push(stream);

        protected override bool TryComputeLength(out long computed)
        {
            computed = length ?? 0;
            return length is not null;
        }
    }
}
