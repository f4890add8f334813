using Performance.Portal.Api;

namespace Performance.Portal.Fakes;

internal sealed partial class FakeGateway
{
    private void MapMyPerformance(RouteTable routes)
    {
    }
}
