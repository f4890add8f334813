namespace Performance.Gateway;

/// <summary>The answer to who has to come back later.</summary>
internal static class Waiting
{
    /// <summary>Whole seconds, rounded up: who comes back then is not refused again.</summary>
    public static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));

    /// <summary>A problem with Retry-After.</summary>
    public static IResult Problem(string title, TimeSpan wait, int status = StatusCodes.Status429TooManyRequests) =>
        new Later(Results.Problem(statusCode: status, title: title), Seconds(wait));

    private sealed class Later(IResult problem, int seconds) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString();
            return problem.ExecuteAsync(httpContext);
        }
    }
}
