using Performance.ServiceDefaults.Identity;
using Performance.ServiceDefaults.Problems;

namespace Performance.Tickets.Imports;

/// <summary><c>GET /api/tickets/imports</c> and <c>GET /api/tickets/imports/{id}</c>: how imports are doing.</summary>
internal static class GetImport
{
    internal sealed record Page(IReadOnlyList<ImportRecord> Items, long Total);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/tickets/imports", async (
                string? page, string? pageSize, ImportCatalogue imports, CancellationToken cancel) =>
            {
                var (skip, take) = Input.Page(page, pageSize);
                var (items, total) = await imports.ListAsync(skip, take, cancel);
                return new Page(items, total);
            })
            .RequireAuthorization(Policies.Supervision)
            .WithName("ListImports");
        routes.MapGet("/api/tickets/imports/{id}", async (
                string id, ImportCatalogue imports, CancellationToken cancel) =>
                await imports.FindAsync(Input.Id("id", id), cancel)
                ?? throw new NotFoundException("There is no such import."))
            .RequireAuthorization(Policies.Supervision)
            .WithName("GetImport");
    }
}
