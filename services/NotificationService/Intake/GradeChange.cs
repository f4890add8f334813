using System.Text.Json.Serialization;
using Performance.Contracts;

namespace Performance.Notifications.Intake;

/// <summary>A month's grade that moved, as entries and mails keep it. Part of stored events.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="From">The letter before.</param>
/// <param name="To">The letter now.</param>
/// <param name="Cause">What moved it.</param>
internal sealed record GradeChange(
    DateOnly Month,
    string From,
    string To,
    [property: JsonConverter(typeof(JsonStringEnumConverter<GradeCause>))] GradeCause Cause);
