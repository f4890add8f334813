using Refit;

namespace Performance.Portal.Api;

/// <summary>Backup; for admins. Files go between the browser and the gateway.</summary>
public interface IBackupApi
{
    /// <summary>Where the whole document is had, and where its coaching data go in.</summary>
    const string CoachingAddress = "/api/coaching/backup";

    /// <summary>Where its overrides and productivity log go in.</summary>
    const string TicketsAddress = "/api/tickets/backup";

    [Get("/api/coaching/backup/mirror")]
    Task<BackupMirror> MirrorAsync(CancellationToken cancel);

    /// <summary>The ticket that a source calls so, if there is one.</summary>
    [Get("/api/tickets?page=1&pageSize=1")]
    Task<PageOf<Ticket>> TicketAsync(string source, string ticketId, CancellationToken cancel);
}

/// <param name="Folder">The shared folder's name, without its path.</param>
/// <param name="Behind">There are changes that the file does not have yet.</param>
/// <param name="Error">Why it could not be written.</param>
public sealed record BackupMirror(
    bool Enabled, string? Folder, DateTimeOffset? LastWrittenAt, bool Behind, string? Error);

/// <summary>What became of a document, or would.</summary>
public sealed record BackupAnswer(IReadOnlyList<BackupSection> Sections);

public sealed record BackupSection(
    string Section, int InDocument, int Created, int Changed, int Unchanged, IReadOnlyList<RefusedEntry>? Refused);

/// <param name="Index">Which of the section's entries, from 0.</param>
public sealed record RefusedEntry(int Index, string? Id, string? Field, string Reason);
