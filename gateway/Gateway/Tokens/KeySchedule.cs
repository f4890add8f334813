namespace Performance.Gateway;

/// <summary>When signing keys come, sign and go; pure, so that a year of it runs in a test.</summary>
internal static class KeySchedule
{
    /// <summary>The key to sign with now: the newest of one's own that has begun.</summary>
    public static SigningKey? Signer(IReadOnlyList<SigningKey> keys, string protectedBy, DateTimeOffset now) => keys
        .Where(key => key.ProtectedBy == protectedBy && key.SignsFrom <= now)
        .MaxBy(key => key.SignsFrom);

    /// <summary>From when the next key signs, if one has to be made now; else null.</summary>
    public static DateTimeOffset? NextFrom(
        IReadOnlyList<SigningKey> keys, string protectedBy, DateTimeOffset now, TokenSettings settings)
    {
        if (Signer(keys, protectedBy, now) is not { } signer)
        {
            return now;
        }

        var due = signer.SignsFrom + settings.RotateAfter;
        var announced = keys.Any(key => key.ProtectedBy == protectedBy && key.SignsFrom > now);
        if (announced || now < due - settings.Announce)
        {
            return null;
        }

        var earliest = now + settings.Announce;
        return due > earliest ? due : earliest;
    }

    /// <summary>
    /// Keys that no living token can need: a successor has signed for <see cref="TokenSettings.Retire"/>, or they are
    /// another folder's and that is gone (nobody made them a successor for far longer than the schedule allows).
    /// </summary>
    public static IEnumerable<SigningKey> Retired(
        IReadOnlyList<SigningKey> keys, string protectedBy, DateTimeOffset now, TokenSettings settings) =>
        keys.Where(key =>
            keys.Any(next => next.ProtectedBy == key.ProtectedBy && next.SignsFrom > key.SignsFrom
                && next.SignsFrom + settings.Retire <= now)
            || (key.ProtectedBy != protectedBy && key.SignsFrom + settings.RotateAfter * 2 + settings.Retire <= now));
}
