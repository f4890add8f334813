namespace Performance.Tickets.Imports;

public sealed class ClickUp_exports_are_understood
{
    [Theory]
    [InlineData("Monday, June 2nd 2025, 12:48:50 pm +08:00", "2025-06-02T04:48:50Z")]
    [InlineData("Wednesday, January 1st 2025, 12:00:00 am -05:00", "2025-01-01T05:00:00Z")]
    [InlineData("9/23/2025, 12:51:40 PM GMT+5:30", "2025-09-23T07:21:40Z")]
    [InlineData("9/23/2025, 1:05:00 am GMT", "2025-09-23T01:05:00Z")]
    [InlineData("12/1/2025, 3:05:00 pm GMT-7", "2025-12-01T22:05:00Z")]
    [InlineData("9/23/2025, 12:51:40\u202fPM GMT+8", "2025-09-23T04:51:40Z")]
    [InlineData("1731640000000", "2024-11-15T03:06:40Z")]
    [InlineData("2025-06-02T12:48:50+08:00", "2025-06-02T04:48:50Z")]
    public void Dates_come_in_every_form(string text, string instant) =>
        Assert.Equal(DateTimeOffset.Parse(instant), ClickUpDates.Read(text));

    [Theory]
    [InlineData("yesterday")]
    [InlineData("13/45/2025, 12:51:40 PM GMT")]
    [InlineData("9/23/2025, 25:51:40 GMT")]
    [InlineData("9/23/2025, 12:51:40 PM GMT+19")]
    [InlineData("-5")]
    [InlineData("NaN")]
    public void What_is_none_is_none(string text) => Assert.Null(ClickUpDates.Read(text));

    [Theory]
    [InlineData("[Ann Lee, Bob]", "Ann Lee|Bob")]
    [InlineData("[A,B]", "A|B")]
    [InlineData("[]", "")]
    [InlineData("", "")]
    [InlineData("ann@example.org", "ann@example.org")]
    public void Several_values_stand_in_brackets(string cell, string values) =>
        Assert.Equal(values, string.Join('|', ClickUpCells.List(cell)));

    [Theory]
    [InlineData("36", 36.0)]
    [InlineData("170.5", 170.5)]
    [InlineData("12:30", 12.5)]
    [InlineData("7d 3h 30m", 171.5)]
    [InlineData("2 days 4 hours", 52.0)]
    [InlineData("1w", 168.0)]
    [InlineData("a while", null)]
    public void Time_in_status_is_hours(string text, double? hours) => Assert.Equal(hours, ClickUpCells.Hours(text));

    [Fact]
    public async Task A_view_export_has_custom_fields()
    {
        var (rows, refused) = await Read.RowsAsync(ClickUpFiles.View);
        Assert.Empty(refused);
        var first = rows[0];
        Assert.Equal(("v1", "Renew, with \"quotes\"", "Closed", "Ann Lee", "Renewal", "CA"),
            (first.ExternalId, first.Title, first.Status, first.Assignee, first.Type, first.State));
        Assert.Equal(["Missing signature", "Wrong fee", "rej-late"], first.Labels);
        Assert.Equal(DateTimeOffset.Parse("2025-06-02T04:48:50Z"), first.CreatedAt);
        Assert.Equal(DateTimeOffset.Parse("2025-06-09T01:00:00Z"), first.ClosedAt);
        Assert.Equal(DateTimeOffset.Parse("2025-06-08T01:00:00Z"), first.DoneAt);
        Assert.Equal((null, "Title transfer"), (rows[1].Assignee, rows[1].Type));
        Assert.Equal(170.5, rows[1].HoldHours);
        Assert.Empty(rows[1].Labels!);
    }

    [Fact]
    public async Task A_workspace_export_has_epochs_with_a_text_beside_them()
    {
        var (rows, _) = await Read.RowsAsync(ClickUpFiles.Workspace);
        Assert.Equal(["Ann Lee", "bob@example.org", null], rows.Select(r => r.Assignee));
        Assert.Equal(DateTimeOffset.Parse("2025-09-23T07:21:40.123Z"), rows[0].CreatedAt);
        // Rounded by a spreadsheet: the text counts.
        Assert.Equal(DateTimeOffset.Parse("2025-09-24T01:02:03Z"), rows[1].CreatedAt);
        // Of the columns that may hold the type, the first that the file has counts, also where it is empty.
        Assert.Equal((null, null), (rows[0].Type, rows[0].State));
        Assert.Null(rows[2].At);
    }

    [Fact]
    public async Task What_cannot_be_used_is_refused_by_its_column()
    {
        var (rows, refused) = await Read.RowsAsync("""
            Task ID,Task Name,Status,Date Created
            ,no id,Open,1731640000000
            a,no status,,1731640000000
            b,no date,Open,some day
            c,good,Open,
            d,surplus,Open,,,x
            """);
        Assert.Equal("c", Assert.Single(rows).ExternalId);
        Assert.Equal(["Task ID", "Status", "Date Created", ""], refused.Select(r => r.Column));
        Assert.Equal([2, 3, 4, 6], refused.Select(r => r.Line));
    }

    [Fact]
    public async Task Other_columns_need_a_mapping() => Assert.Equal(
        "mapping", (await Assert.ThrowsAsync<ImportFailedException>(() => Read.RowsAsync("a,b\n1,2"))).Field);

    [Fact]
    public async Task A_column_that_is_not_there_is_named() => Assert.Equal(
        "mapping.type", (await Assert.ThrowsAsync<ImportFailedException>(() => Read.RowsAsync(
            ClickUpFiles.View, new ImportMapping { Profile = "clickup", Type = "Nothing" }))).Field);
}
