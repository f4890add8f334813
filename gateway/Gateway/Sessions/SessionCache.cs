using System.Collections.Concurrent;

namespace Performance.Gateway;

/// <summary>
/// Sessions and their tokens, remembered for seconds so that a request costs no query. What another replica ends is
/// forgotten as soon as the <see cref="IdentityListener"/> hears of it.
/// </summary>
internal sealed class SessionCache(
    SessionStore store, AccessTokens tokens, TimeProvider clock, TokenSettings settings)
{
    private const int Most = 50_000;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> entries = new();
    private long generation;
    private volatile bool trusted;

    /// <summary>The session of a cookie's secret with a token for the services, or null.</summary>
    public async ValueTask<(Session Session, AccessToken Token)?> FindAsync(string secret, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var hash = Secrets.Hash(secret);
        var key = Convert.ToHexString(hash);
        var known = entries.GetValueOrDefault(key);
        if (trusted && known is not null && now - known.ReadAt < Freshness && known.Session.ExpiresAt > now)
        {
            return (known.Session, Fresh(key, known, now));
        }

        var before = Interlocked.Read(ref generation);
        if (await store.FindAsync(hash, cancel) is not { } session)
        {
            entries.TryRemove(key, out _);
            return null;
        }

        var token = known is not null && known.Session.User.Version == session.User.Version && LastsFrom(now, known)
            ? known.Token
            : tokens.Sign(session.User, session.Id);
        // Something was forgotten while we read: what we read may be what was to be forgotten.
        if (trusted && before == Interlocked.Read(ref generation))
        {
            if (entries.Count >= Most)
            {
                entries.Clear();
            }

            entries[key] = new Entry(session, token, now);
        }

        return (session, token);
    }

    /// <summary>From now on changes are heard of.</summary>
    public void Trust()
    {
        Forget(_ => true);
        trusted = true;
    }

    /// <summary>Changes may be missed: remember nothing.</summary>
    public void Distrust()
    {
        trusted = false;
        Forget(_ => true);
    }

    /// <summary>Forgets what a notice of <see cref="IdentitySchema.Channel"/> names.</summary>
    public void Forget(string notice)
    {
        switch (notice.Split(' ', 2))
        {
            case ["session", var id]:
                Forget(entry => entry.Session.Id.ToString() == id);
                break;
            case ["user", var name]:
                Forget(entry => entry.Session.User.UserName == name);
                break;
        }
    }

    private void Forget(Predicate<Entry> which)
    {
        Interlocked.Increment(ref generation);
        foreach (var (key, entry) in entries)
        {
            if (which(entry))
            {
                entries.TryRemove(key, out _);
            }
        }
    }

    private AccessToken Fresh(string key, Entry entry, DateTimeOffset now)
    {
        if (LastsFrom(now, entry))
        {
            return entry.Token;
        }

        var token = tokens.Sign(entry.Session.User, entry.Session.Id);
        entries.TryUpdate(key, entry with { Token = token }, entry);
        return token;
    }

    // A token that goes to a service (or a portal circuit) has at least half its life before it.
    private bool LastsFrom(DateTimeOffset now, Entry entry) => entry.Token.ExpiresAt - now > settings.Lifetime / 2;

    private sealed record Entry(Session Session, AccessToken Token, DateTimeOffset ReadAt);
}
