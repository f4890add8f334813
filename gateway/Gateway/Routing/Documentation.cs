using Swashbuckle.AspNetCore.SwaggerUI;

namespace Performance.Gateway;

/// <summary><c>/docs</c>: the services' OpenAPI documents in a browser; every file of it is our own.</summary>
internal static class Documentation
{
    private static readonly string[] Documents = ["tickets", "scoring", "coaching", "notifications", "gateway"];

    public static void UseDocumentation(this IApplicationBuilder app) => app.UseSwaggerUI(options =>
    {
        options.RoutePrefix = "docs";
        options.DocumentTitle = "Performance API";
        options.ConfigObject.ValidatorUrl = null;
        options.DefaultModelsExpandDepth(0);
        options.DocExpansion(DocExpansion.List);
        foreach (var document in Documents)
        {
            options.SwaggerEndpoint($"/openapi/{document}.json", document);
        }
    });
}
