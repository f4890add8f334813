using Performance.Portal;
using Performance.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPortal();

var app = builder.Build();
app.UseServiceDefaults();
app.UsePortal();
app.Run();
