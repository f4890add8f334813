using Npgsql;

namespace Performance.Gateway;

/// <summary>
/// Five wrong passwords in a row from one address for one user: that address waits, longer each time. Others who
/// sign in as the same user from elsewhere do not, so nobody can lock somebody out. Kept in the database: a restart
/// or another replica changes nothing.
/// </summary>
internal sealed class WrongPasswords(NpgsqlDataSource database, TimeProvider clock)
{
    private const int Free = 5;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim[] turns = Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1)).ToArray();

    /// <summary>How long to wait after so many wrong passwords in a row.</summary>
    public static TimeSpan WaitAfter(int failures) => failures < Free
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(failures - Free, 10)));

    /// <summary>
    /// Runs one attempt, unless it has to wait (then the answer says how long). Attempts for the same user from the
    /// same address go one after another: side by side they would get free guesses.
    /// </summary>
    /// <param name="userName">Who is signing in; need not exist.</param>
    /// <param name="address">From where.</param>
    /// <param name="attempt">Whether the password was right.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<(bool Right, TimeSpan? Wait)> TryAsync(
        string userName, string address, Func<Task<bool>> attempt, CancellationToken cancel)
    {
        var turn = turns[(uint)HashCode.Combine(userName, address) % (uint)turns.Length];
        await turn.WaitAsync(cancel);
        try
        {
            var (failures, wait) = await ReadAsync(userName, address, cancel);
            if (wait is not null)
            {
                return (false, wait);
            }

            // Whoever hangs up early has tried all the same: from here on nothing is cancelled.
            var right = await attempt();
            if (!right)
            {
                await CountAsync(userName, address);
            }
            else if (failures > 0)
            {
                await ForgetAsync(userName, address);
            }

            return (right, null);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<(int Failures, TimeSpan? Wait)> ReadAsync(
        string userName, string address, CancellationToken cancel)
    {
        await using var read = database.CreateCommand(
            "select failures, wait_until from wrong_passwords where user_name = $1 and address = $2");
        read.Parameters.AddWithValue(userName);
        read.Parameters.AddWithValue(address);
        await using var row = await read.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
        {
            return (0, null);
        }

        var left = row.GetFieldValue<DateTimeOffset>(1) - clock.GetUtcNow();
        return (row.GetInt32(0), left > TimeSpan.Zero ? left : null);
    }

    private async Task CountAsync(string userName, string address)
    {
        await using var count = database.CreateCommand("""
            insert into wrong_passwords as w (user_name, address, failures, last_at, wait_until)
            values ($1, $2, 1, $3, $3)
            on conflict (user_name, address) do update
            set failures = case when w.last_at < $3 - interval '1 day' then 1 else w.failures + 1 end,
                last_at = $3,
                wait_until = $3 + case when w.last_at < $3 - interval '1 day' then interval '0'
                    else ($4::interval[])[least(w.failures + 1, cardinality($4::interval[]))] end
            """);
        count.Parameters.AddWithValue(userName);
        count.Parameters.AddWithValue(address);
        count.Parameters.AddWithValue(clock.GetUtcNow());
        count.Parameters.AddWithValue(Waits);
        await count.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task ForgetAsync(string userName, string address)
    {
        await using var delete = database.CreateCommand(
            "delete from wrong_passwords where user_name = $1 and address = $2");
        delete.Parameters.AddWithValue(userName);
        delete.Parameters.AddWithValue(address);
        await delete.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>The wait after the first, second, … wrong password; the last one goes for all further ones.</summary>
    private static TimeSpan[] Waits { get; } = Enumerable.Range(1, 12).Select(WaitAfter).ToArray();
}
