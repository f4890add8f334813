using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Dashboard;

internal sealed class DashboardHost
{
    public static void AddTo(IServiceCollection services, ConfigurationManager configuration)
    {
        _ = services;
        _ = configuration;
    }
}
