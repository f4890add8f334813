using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private void MapAuth(RouteTable routes)
    {
        routes.Map("POST", "/auth/login", async http =>
        {
            var body = await http.BodyAsync<JsonObject>();
            var person = People.FirstOrDefault(p => p.UserName == body["userName"]?.ToString());
            if (person is null || body["password"]?.ToString() != person.UserName)
            {
                return Results.Problem(statusCode: 401, title: "User name or password is not right.");
            }

            http.Response.Cookies.Append(Cookie, person.UserName, new CookieOptions { HttpOnly = true });
            var (token, expires) = Keys.Sign(person, TokenLifetime);
            return new { accessToken = token, expiresAt = expires,
                user = new { person.UserName, person.Roles, person.AgentId } };
        });
        routes.Map("POST", "/auth/logout", http =>
        {
            http.Response.Cookies.Delete(Cookie);
            return Results.NoContent();
        });
        routes.Map("POST", "/auth/renew", http =>
        {
            var (token, expires) = Keys.Sign(Who(http)!, TimeSpan.FromMinutes(15));
            return new { accessToken = token, expiresAt = expires };
        });
        routes.Map("GET", "/auth/users", _ => new PageOf<SignIn>(Data.SignIns, Data.SignIns.Count));
        routes.Map("POST", "/auth/users", async http =>
        {
            var user = await http.BodyAsync<SignInChange>();
            if (user.Password is { Length: < 12 })
            {
                return RequestReading.Invalid("password", "has fewer than 12 characters");
            }

            Data.SignIns.Add(
                new SignIn(user.UserName, user.DisplayName, user.Roles, user.AgentId, user.Teams, user.Department));
            return Results.Created();
        });
        routes.Map("PUT", "/auth/users/{name}", async http =>
        {
            var user = await http.BodyAsync<SignInChange>();
            var at = Data.SignIns.FindIndex(s => s.UserName == http.Route("name"));
            Data.SignIns[at] = new SignIn(
                user.UserName, user.DisplayName, user.Roles, user.AgentId, user.Teams, user.Department);
            return Results.NoContent();
        });
        routes.Map("DELETE", "/auth/users/{name}", http =>
        {
            Data.SignIns.RemoveAll(s => s.UserName == http.Route("name"));
            return Results.NoContent();
        });
        routes.Map("GET", "/auth/keys", _ => new PageOf<ApiKey>(Data.Keys, Data.Keys.Count));
        routes.Map("POST", "/auth/keys", async http =>
        {
            var name = (await http.BodyAsync<ApiKeyName>()).Name;
            Data.Keys.Add(new ApiKey(Guid.NewGuid().ToString(), name, "admin", TimeProvider.System.GetUtcNow()));
            return new NewApiKey(Data.Keys[^1].Id, "pk_demo_2b7e151628aed2a6abf7158809cf4f3c");
        });
        routes.Map("DELETE", "/auth/keys/{id}", http =>
        {
            Data.Keys.RemoveAll(k => k.Id == http.Route("id"));
            return Results.NoContent();
        });
    }
}
