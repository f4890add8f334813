namespace Performance.Tickets;

/// <summary>The use cases of tickets, in one list.</summary>
internal static class TicketSlices
{
    public static IServiceCollection AddTickets(this IServiceCollection services) => services
        .AddSingleton<TicketCommands>()
        .AddSingleton<StatusSpelling>()
        .AddSingleton<SubmitTicket>()
        .AddSingleton<ListTickets>();

    public static void MapTickets(this IEndpointRouteBuilder routes)
    {
        SubmitTicket.Map(routes);
        ListTickets.Map(routes);
        GetTicket.Map(routes);
        TicketHistory.Map(routes);
        AssignTicket.Map(routes);
        ChangeStatus.Map(routes);
        ReopenTicket.Map(routes);
        RecordRejection.Map(routes);
        ExcuseRejections.Map(routes);
        WithdrawExcuse.Map(routes);
    }
}
