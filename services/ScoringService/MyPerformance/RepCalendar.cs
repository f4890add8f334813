using Performance.Scoring.Settings;

namespace Performance.Scoring.MyPerformance;

/// <summary>Working days of a rep's month and week, from the settings.</summary>
internal sealed class RepCalendar(ScoringSettings settings)
{
    public bool IsWorking(DateOnly day) =>
        settings.WorkingWeekdays.Contains(BusinessZone.Weekdays[BusinessZone.WeekdayNumber(day) - 1]);

    /// <summary>Working days from a day up to and with another.</summary>
    public int WorkingDays(DateOnly from, DateOnly to)
    {
        var count = 0;
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            count += IsWorking(day) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The day of a month on which so many of its working days are done, at most its last.</summary>
    public DateOnly DayWith(DateOnly month, int workingDays)
    {
        var last = month.AddMonths(1).AddDays(-1);
        var day = month;
        for (var done = IsWorking(day) ? 1 : 0; done < workingDays && day < last;)
        {
            day = day.AddDays(1);
            done += IsWorking(day) ? 1 : 0;
        }

        return day;
    }

    /// <summary>The financial year that a month belongs to, named after the calendar year in which it begins.</summary>
    public int FinancialYear(DateOnly month) =>
        month.Month >= settings.FinancialYearStart ? month.Year : month.Year - 1;
}
