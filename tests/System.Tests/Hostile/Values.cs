namespace Performance.SystemTests.Hostile;

/// <summary>Values that have broken programs before, as JSON and as query strings.</summary>
internal static class Values
{
    /// <summary>Where a text belongs, these are no text, or no text that can be kept.</summary>
    public static readonly IReadOnlyList<(string Name, string Json)> NoText =
    [
        ("a number", "12"), ("an object", "{}"), ("an array", "[]"), ("true", "true"), ("NUL", "\"a\\u0000b\""),
        ("a lone surrogate", "\"\\ud800\""), ("a million letters", "\"" + new string('x', 1_000_000) + "\"")
    ];

    /// <summary>Where an id belongs.</summary>
    public static readonly IReadOnlyList<(string Name, string Json)> NoId =
    [
        ("a number", "12"), ("an object", "{}"), ("a word", "\"nobody\""), ("empty", "\"\""),
        ("half an id", "\"3f2504e0-4f89-11d3\""), ("SQL", "\"' or 1=1; drop table mt_events; --\""),
        ("NUL", "\"\\u0000\"")
    ];

    /// <summary>Where an instant belongs.</summary>
    public static readonly IReadOnlyList<(string Name, string Json)> NoInstant =
    [
        ("a word", "\"yesterday\""), ("no such day", "\"2026-02-30T10:00:00Z\""), ("a number", "1767225600"),
        ("year 10000", "\"10000-01-01T00:00:00Z\""), ("an object", "{}"), ("NUL", "\"\\u0000\"")
    ];

    /// <summary>Where a number from 0 to 100 belongs.</summary>
    public static readonly IReadOnlyList<(string Name, string Json)> NoPercent =
    [
        ("negative", "-1"), ("101", "101"), ("a word", "\"all\""), ("1e400", "1e400"), ("an object", "{}"),
        ("NaN", "\"NaN\""), ("30 digits", "999999999999999999999999999999"), ("true", "true")
    ];

    /// <summary>JSON documents that no endpoint takes.</summary>
    public static readonly IReadOnlyList<(string Name, string Json)> NoDocument =
    [
        ("nothing", ""), ("a word", "hello"), ("null", "null"), ("a number", "5"), ("a text", "\"a\""),
        ("a list", "[]"), ("cut off", "{\"a\":"), ("two documents", "{}{}"), ("a comment", "/* */"),
        ("1000 deep", string.Concat(Enumerable.Repeat("{\"a\":", 1_000)) + "1" + new string('}', 1_000)),
        ("NUL", "\0"), ("XML", "<?xml version=\"1.0\"?><a/>")
    ];

    /// <summary>Query strings for filters, with the parameter they spoil.</summary>
    public static readonly IReadOnlyList<(string Query, string Field)> Filters =
    [
        ("month=2026-13", "month"), ("month=2026", "month"), ("month=-2026-01", "month"), ("month=x", "month"),
        ("month=99999-01", "month"), ("month=2026-01&month=zz", "month"), ("month=%00", "month"),
        ("week=2026-W60", "week"), ("week=2026-W00", "week"), ("week=W23", "week"), ("week=2025-W53", "week"),
        ("day=Someday", "day"), ("day=8", "day"), ("day=%27", "day"), ("assignee=nobody", "assignee"),
        ("assignee=00000000", "assignee"), ("assignee=%00", "assignee"), ("assignee=' or 1=1 --", "assignee"),
        ("coached=perhaps", "coached"), ("coached=%00", "coached"),
        ("state=%00", "state"), ("type=%00", "type"), ("status=%00", "status"),
        ("state=" + "%ED%A0%80", null!), ("type=" + new string('x', 6_000), null!)
    ];

    public static readonly IReadOnlyList<(string Query, string Field)> Paging =
    [
        ("page=0", "page"), ("page=-1", "page"), ("page=x", "page"), ("page=99999999999999999999", "page"),
        ("page=1.5", "page"), ("pageSize=0", "pageSize"), ("pageSize=-5", "pageSize"),
        ("pageSize=1000000", "pageSize"), ("pageSize=%00", "pageSize"), ("page=2147483647&pageSize=200", null!)
    ];
}
