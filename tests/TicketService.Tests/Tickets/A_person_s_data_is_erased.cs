using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Performance.Tickets;

public sealed class A_person_s_data_is_erased(TicketApp app) : IClassFixture<TicketApp>
{
    [Fact]
    public async Task While_what_scores_are_made_of_stays()
    {
        var id = await app.SubmitAsync(app.Ann);
        var store = app.Services.GetRequiredService<IDocumentStore>();
        await store.Advanced.ApplyEventDataMasking(masking => masking.IncludeStream(id), default);
        var stored = await app.Database.ScalarAsync<string>(
            "select data::text from mt_events where stream_id = $1", id);
        Assert.DoesNotContain("ita", stored);
        Assert.DoesNotContain("elp", stored);
        Assert.Contains(app.Ann.ToString(), stored);
        Assert.Equal("New", (string)(await app.GetAsync($"tickets/{id}"))["status"]!);
    }
}
