namespace Performance.Hosting.Inside;

public sealed class Data_folders_are_reachable
{
    [Fact]
    public void A_folder_that_their_users_cannot_reach_is_replaced_by_one_outside()
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        var closed = Directory.CreateTempSubdirectory("aspire-closed-").FullName;
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager();
        configuration["Aspire:Store:Path"] = Path.Combine(closed, "data");
        using var folder = new DataFolder(configuration);
        var outside = folder.ServerFolder("postgres", "postgres");
        try
        {
            Assert.DoesNotContain(closed, outside);
            Assert.True(SystemUser.CanReach("postgres", outside));
            Assert.Equal(outside, new DataFolder(configuration).ServerFolder("postgres", "postgres"));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(outside)!, recursive: true);
            Directory.Delete(closed, recursive: true);
        }
    }
}
