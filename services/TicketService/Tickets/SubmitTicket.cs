using System.Net.Mail;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Performance.Contracts;
using Performance.ServiceDefaults.Commands;
using Performance.ServiceDefaults.Directory;
using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets;

/// <summary><c>POST /api/tickets</c>: anybody files a ticket. The gateway limits how often.</summary>
internal sealed class SubmitTicket(
    IDocumentStore store, NpgsqlDataSource database, AgentDirectory directory, TimeProvider clock)
{
    private const int LongestBody = 64 * 1024;
    private const int LongestEmail = 254;

    internal sealed record Body(
        string? Name, string? Email, string? Department, string? Subject, string? Description, string? AgentId);

    internal sealed record Command(
        string Number, string Name, string Email, string Department, string Subject, string Description, Guid? AgentId);

    /// <param name="Id">The ticket.</param>
    /// <param name="Number">What people call it.</param>
    internal sealed record Answer(Guid Id, string Number, long Version, long Position);

    public static IReadOnlyList<object> Decide(Ticket? ticket, Command command, DateTimeOffset now) =>
        ticket is null
            ?
            [
                new TicketSubmitted(
                    command.Number, command.Name, command.Email, command.Department, command.Subject,
                    command.Description, command.AgentId, now, 1)
            ]
            : [];

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/tickets", async (
            HttpContext http, Body body, SubmitTicket submit, CancellationToken cancel) =>
            await submit.RunAsync(http, body, cancel))
        .AllowAnonymous()
        .WithMetadata(new RequestSizeLimitAttribute(LongestBody))
        .Produces<Answer>(StatusCodes.Status201Created)
        .WithName("SubmitTicket");

    private async Task<IResult> RunAsync(HttpContext http, Body body, CancellationToken cancel)
    {
        var command = new Command(
            "", Input.Line("name", body.Name, 200), Email(body.Email), Input.Line("department", body.Department, 100),
            Input.Line("subject", body.Subject, 200), Input.Prose("description", body.Description, 10_000),
            Input.OptionalId("agentId", body.AgentId));
        var access = new TicketAccess(CurrentUser.From(http.User), await directory.AllAsync(cancel));
        if (command.AgentId is { } agentId)
        {
            access.RequireKnown(agentId);
        }

        // The same key is the same ticket.
        var id = RequestHeaders.IdempotencyKey(http.Request) is { } key
            ? DeterministicId.Of("intake", access.User.UserName, key)
            : Guid.CreateVersion7();
        var number = await NumberAsync(cancel);
        var result = await CommandEndpoint.RunAsync<Ticket>(
            http, store, EventStoreId.Tickets, id,
            ticket => Decide(
                ticket, command with { Number = number, AgentId = access.Resolve(command.AgentId) },
                clock.GetUtcNow()),
            cancel);
        return result is Ok<CommandAnswer> { Value: { } done }
            ? Results.Created($"/api/tickets/{id}", new Answer(
                id, await NumberOfAsync(id, cancel), done.Version, done.Position))
            : result;
    }

    private static string Email(string? value)
    {
        var email = Input.Line("email", value, LongestEmail);
        return MailAddress.TryCreate(email, out var address) && address.Address == email
            ? email
            : throw new InvalidFieldException("email", "is no e-mail address");
    }

    private async Task<string> NumberAsync(CancellationToken cancel)
    {
        await using var next = database.CreateCommand("select 'T-' || lpad(nextval('ticket_number')::text, 6, '0')");
        return (string)(await next.ExecuteScalarAsync(cancel))!;
    }

    private async Task<string> NumberOfAsync(Guid id, CancellationToken cancel)
    {
        await using var find = database.CreateCommand("select external_id from ticket_list where ticket_id = $1");
        find.Parameters.Add(new() { Value = id });
        return (string)(await find.ExecuteScalarAsync(cancel))!;
    }
}
