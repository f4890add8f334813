using System.Text;
using Performance.Testing;
using Performance.Testing.Running;

namespace Performance.SystemTests.Hostile;

/// <summary>One request that means no good.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">Path and query, as sent.</param>
/// <param name="Body">Makes the body, or null.</param>
/// <param name="Field">
/// The field that the answer must name; empty: it must be refused, with whatever field; null: it may be taken for
/// something harmless, but must not break anything.
/// </param>
internal sealed record Attack(
    string Name, HttpMethod Method, string Path, Func<HttpContent>? Body = null, string? Field = "")
{
    public static Attack Get(string path, string? field = "") => new(path, HttpMethod.Get, path, null, field);

    public static Attack Json(HttpMethod method, string path, string name, string json, string? field = "") =>
        new($"{method} {path} {name}", method, path, () => Text(json, "application/json"), field);

    public static StringContent Text(string text, string type) => new(text, Encoding.UTF8, type);

    /// <summary>What is wrong with the answer, or null.</summary>
    public async Task<string?> TryAsync(Api attacker)
    {
        using var response = await attacker.CallAsync(Method, Path, Body?.Invoke());
        var status = (int)response.StatusCode;
        var body = await response.Content.ReadAsStringAsync();
        var shown = $"{Short(Name)}: {status} {Short(body)}";
        if (status >= 500)
        {
            return Body is null ? shown : $"{shown}\n    sent: {await Body().ReadAsStringAsync()}";
        }

        if (Field is null)
        {
            return null;
        }

        if (status is < 400)
        {
            return "taken: " + shown;
        }

        return (status == 400 && !body.Contains("\"field\"", StringComparison.Ordinal))
            || (Field.Length > 0 && !body.Contains(Field, StringComparison.OrdinalIgnoreCase))
            ? $"does not name {(Field.Length > 0 ? Field : "the field")}: {shown}"
            : null;
    }

    private static string Short(string text) => text.Length <= 300 ? text : text[..300] + "…";
}
