namespace Performance.Tickets.WorkLog;

/// <summary>The use cases of the productivity log, in one list.</summary>
internal static class WorkLogSlices
{
    public static void MapWorkLog(this IEndpointRouteBuilder routes)
    {
        PutWorkDay.Map(routes);
        GetWorkDays.Map(routes);
    }
}
