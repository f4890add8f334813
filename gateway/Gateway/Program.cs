using Performance.Gateway;
using Performance.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddIdentity();
builder.AddEdge();

var app = builder.Build();
await app.PrepareIdentityAsync();
app.UseEdge();
app.MapIdentity();
app.MapEdge();
app.Run();
