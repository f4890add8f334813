using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace Performance.ServiceDefaults.Problems;

/// <summary>Turns what endpoints throw into problem documents: bad input is never a 5xx, and the field is
/// named.</summary>
internal sealed class ProblemExceptionHandler(
    IProblemDetailsService problems, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancel)
    {
        if (Translate(exception, http) is not { } problem)
        {
            return false;
        }

        if (exception is ForbiddenException)
        {
            logger.LogWarning(
                "Refused {Method} {Path} to {User}: {Reason}",
                http.Request.Method, http.Request.Path, http.User.Identity?.Name, exception.Message);
        }

        if (exception is BusyException)
        {
            http.Response.Headers.RetryAfter = "2";
        }

        http.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem });
    }

    private static ProblemDetails? Translate(Exception exception, HttpContext http) => exception switch
    {
        InvalidFieldException e => Invalid(e.Field, e.Reason),
        BadHttpRequestException { InnerException: JsonException e } => Invalid(Field(e), JsonReason(e)),
        JsonException e => Invalid(Field(e), JsonReason(e)),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } e =>
            Invalid(Parameter(e.Message), "is missing or could not be read"),
        BadHttpRequestException e => new ProblemDetails
        {
            Status = e.StatusCode, Title = "The request could not be read.", Detail = e.Message
        },
        InvalidDataException e => Invalid("body", e.Message),
        DomainException e => Conflict(e),
        NotFoundException e => new ProblemDetails { Status = StatusCodes.Status404NotFound, Title = e.Message },
        ForbiddenException e => new ProblemDetails { Status = StatusCodes.Status403Forbidden, Title = e.Message },
        BusyException e => new ProblemDetails { Status = StatusCodes.Status429TooManyRequests, Title = e.Message },
        StaleVersionException e => new ProblemDetails
        {
            Status = StatusCodes.Status412PreconditionFailed,
            Title = "If-Match names a version that is not the current one.",
            Extensions = { ["version"] = e.Current }
        },
        OperationCanceledException when http.RequestAborted.IsCancellationRequested => new ProblemDetails
        {
            Status = StatusCodes.Status499ClientClosedRequest, Title = "The client went away."
        },
        _ => null
    };

    private static ProblemDetails Invalid(string field, string reason) =>
        new HttpValidationProblemDetails(new Dictionary<string, string[]> { [field] = [reason] })
        {
            Status = StatusCodes.Status400BadRequest,
            Title = $"{field}: {reason}",
            Extensions = { ["field"] = field }
        };

    private static ProblemDetails Conflict(DomainException exception)
    {
        var problem = new ProblemDetails { Status = StatusCodes.Status409Conflict, Title = exception.Message };
        foreach (var (name, value) in exception.Extensions)
        {
            problem.Extensions[name] = value;
        }

        return problem;
    }

    /// <summary>ASP.NET quotes what it could not bind: <c>"int page" from "x"</c>, <c>"Body body" … from
    /// body</c>.</summary>
    private static string Parameter(string message) =>
        message.Split('"') is [_, var parameter, ..] ? parameter.Split(' ')[^1] : "body";

    private static string Field(JsonException e) =>
        string.IsNullOrEmpty(e.Path) || e.Path == "$" ? "body" : e.Path.TrimStart('$').TrimStart('.');

    private static string JsonReason(JsonException e) => e.Path is null or "$" or ""
        ? "is not valid JSON of the expected shape"
        : "has a value of the wrong type or format";
}
