using System.Text.Json;
using System.Text.Json.Serialization;
using Refit;

namespace Performance.Portal.Api;

/// <summary>How the API writes JSON and queries.</summary>
public static class GatewayJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() }
    };

    public static RefitSettings Settings { get; } = new(new SystemTextJsonContentSerializer(Options))
    {
        CollectionFormat = CollectionFormat.Multi,
        UrlParameterKeyFormatter = new CamelCaseUrlParameterKeyFormatter()
    };
}
