namespace Refit.Tests;

public enum Colour
{
    [System.Runtime.Serialization.EnumMember(Value = "dark-red")]
    DarkRed,
    Blue
}

public sealed record Search(
    string? Text, int? Page, [property: AliasAs("of")] string[]? Owners,
    [property: System.Text.Json.Serialization.JsonIgnore] string? Hidden = null);

public sealed record Item(string Name, decimal Amount);

[Headers("X-Client: tests", "X-Both: interface")]
internal interface IEchoApi
{
    [Get("/echo/items/{id}")]
    Task<Echoed> Get(string id);

    [Get("/echo/files/{**path}")]
    Task<Echoed> Deep(string path);

    [Get("/echo/by/{item.Name}")]
    Task<Echoed> Bound(Item item);

    [Get("/echo/list?fixed=1")]
    Task<Echoed> List(
        [Query(CollectionFormat.Multi)] IEnumerable<string>? month, [AliasAs("p")] int? page, bool? coached = null);

    [Get("/echo/joined")]
    Task<Echoed> Joined(IReadOnlyList<int> ids, [Query(CollectionFormat.Pipes)] string[] names, Colour colour);

    [Get("/echo/search")]
    Task<Echoed> Find(Search search, [Query(Format = "yyyy-MM")] DateTime month);

    [Get("/echo/map")]
    Task<Echoed> Map(IDictionary<string, string> values);

    [Post("/echo/items")]
    Task<Echoed> Create([Body] Item item, [Header("Idempotency-Key")] string? key);

    [Put("/echo/items/{id}")]
    Task<Echoed> Replace(int id, Item item);

    [Patch("/echo/items")]
    Task<Echoed> Raw([Body] string text);

    [Post("/echo/form")]
    Task<Echoed> PostForm([Body(BodySerializationMethod.UrlEncoded)] Item item);

    [Delete("/echo/items/{id}")]
    [Headers("X-Both: method", "X-Client")]
    Task<Echoed> Remove(Guid id, [Authorize("Bearer")] string token);

    [Multipart]
    [Post("/echo/upload")]
    Task<Echoed> Upload([AliasAs("file")] StreamPart file, ByteArrayPart more, string note, Item mapping);

    [Get("/echo/secret")]
    [Headers("Authorization: Bearer")]
    Task<Echoed> Secret();

    [Get("/text")]
    Task<string> Text();

    [Get("/text")]
    Task<Stream> Stream();

    [Get("/problem")]
    Task<HttpResponseMessage> Message();

    [Get("/empty")]
    Task Nothing();

    [Get("/broken")]
    Task<Item> Broken();

    [Get("/plain-error")]
    Task<Item> PlainError();

    [Get("/problem")]
    Task<Item> Problem();

    [Get("/problem")]
    Task<ApiResponse<Item>> ProblemAnswer();

    [Get("/echo/ok")]
    Task<IApiResponse<Echoed>> Answer();

    [Get("/never")]
    Task<string> Never(CancellationToken cancel);
}
