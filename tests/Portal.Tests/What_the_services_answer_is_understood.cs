using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Performance.Portal.Api;
using Performance.Portal.Fakes;
using Performance.Testing.Answers;
using Refit;

namespace Performance.Portal;

/// <summary>
/// The answers that the services' own tests recorded (docs/adr/0116), read as the portal reads them: each of its calls
/// is recorded, and each member that it reads is answered.
/// </summary>
public sealed class What_the_services_answer_is_understood
{
    private static readonly ILookup<string, RecordedAnswer> Recorded =
        RecordedAnswer.All().Where(a => a.Status < 300).ToLookup(a => a.Route);

    private static readonly JsonSerializerOptions Reading =
        new(GatewayJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static TheoryData<string> Calls => [.. Methods().Select(m => $"{m.Interface}.{m.Method.Name}")];

    [Theory]
    [MemberData(nameof(Calls))]
    public void By_every_call(string name)
    {
        var (_, method, route) = Methods().Single(m => $"{m.Interface}.{m.Method.Name}" == name);
        var answers = Recorded[route].ToList();
        Assert.True(answers.Count > 0, $"No service has recorded what it answers to {route}");
        if (method.ReturnType.IsGenericType)
        {
            ShouldBeRead(method.ReturnType.GenericTypeArguments[0], answers);
        }
    }

    [Theory]
    [InlineData("POST /api/tickets/imports/preview", typeof(ImportPreview))]
    [InlineData("GET /api/scoring/scorecard/{}/tickets", typeof(PageOf<ScoredTicket>))]
    [InlineData("POST /api/coaching/backup", typeof(BackupAnswer))]
    [InlineData("POST /api/tickets/backup", typeof(BackupAnswer))]
    [InlineData("POST /auth/renew", typeof(RenewedToken))]
    public void By_what_else_reads_them(string route, Type read) => ShouldBeRead(read, [.. Recorded[route]]);

    [Theory]
    [InlineData("POST /api/tickets", "id")]
    [InlineData("POST /api/tickets/imports", "importId")]
    [InlineData("POST /auth/login", "accessToken")]
    public void By_scripts(string route, string member) =>
        Assert.All(Recorded[route], answer => Assert.NotNull(answer.Body![member]));

    [Fact]
    public void Also_what_is_refused()
    {
        var refused = RecordedAnswer.All().Where(a => a.Status >= 400).ToList();
        Assert.Equal([400, 401, 403, 404, 409, 412, 503], refused.Select(a => a.Status).Distinct().Order());
        foreach (var answer in refused)
        {
            var problem = answer.Body.Deserialize<ProblemDetails>(GatewayJson.Options)!;
            Assert.True(problem is { Title.Length: > 0 } && problem.Status == answer.Status, answer.Call);
            Assert.True(problem.Extensions.ContainsKey("traceId"), answer.Call);
            Assert.Equal(answer.Status == 400, problem.Errors.Count > 0);
        }
    }

    /// <summary>Each member that a type reads is in an answer, and every answer fits the type.</summary>
    private static void ShouldBeRead(Type type, IReadOnlyList<RecordedAnswer> answers)
    {
        var shape = JsonShape.Of(answers.Select(a => a.Body));
        Assert.All(
            PathsOf(type, "$").Where(path => !Inventions.IsOfOthers(answers[0].Route, path)),
            path => Assert.True(shape.Has(path), $"{path} is not answered"));
        Assert.All(answers, answer => Assert.NotNull(answer.Body.Deserialize(type, Reading)));
    }

    private static IEnumerable<(string Interface, MethodInfo Method, string Route)> Methods() =>
        from type in typeof(IScoringApi).Assembly.GetTypes()
        where type is { IsInterface: true, Namespace: "Performance.Portal.Api" }
        from method in type.GetMethods()
        let call = method.GetCustomAttribute<HttpMethodAttribute>()
        where call is not null
        select (type.Name, method, RecordedAnswer.RouteOf($"{call.Method} {call.Path}"));

    private static IEnumerable<string> PathsOf(Type type, string at)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var items = type.IsGenericType ? type.GenericTypeArguments : [];
        if (type.Namespace != "Performance.Portal.Api" || type.IsEnum)
        {
            return items.Length switch
            {
                1 => PathsOf(items[0], at + "[]"),
                2 when items[1] != typeof(JsonElement) => PathsOf(items[1], at + ".*"),
                _ => []
            };
        }

        return from member in Reading.GetTypeInfo(type).Properties
            where member is { Set: not null, IsExtensionData: false }
            let path = $"{at}.{member.Name}"
            from found in PathsOf(member.PropertyType, path).Prepend(path)
            select found;
    }
}
