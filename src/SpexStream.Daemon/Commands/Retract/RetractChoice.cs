using System.Collections.Immutable;
using System.Text.Json;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;
using SpexStream.Domain.Scenes;
using SpexStream.Journal.Reading;

namespace SpexStream.Daemon.Commands.Retract;

/// <summary>Which products are to go.</summary>
/// <param name="Scene">The one scene; null to look for them.</param>
/// <param name="Model">Beginning of the SHA-256 of the model that made them; null for any.</param>
/// <param name="From">Sensed at or after this time; null for any.</param>
/// <param name="To">Sensed at or before this time; null for any.</param>
internal sealed record RetractChoice(SceneId? Scene, string? Model, DateTimeOffset? From, DateTimeOffset? To)
{
    private const int LeastDigits = 12;
    private const int MostDigits = 64;

    /// <summary>Whether a text is enough of a hash.</summary>
    public static bool IsHash(string text, out string? hash)
    {
        hash = text.Length is >= LeastDigits and <= MostDigits && text.All(char.IsAsciiHexDigit)
            ? text.ToLowerInvariant() : null;
        return hash is not null;
    }

    /// <summary>What is missing, or one thing too many; null when the choice is clear.</summary>
    public string? Fault(bool hasJournal, string? output)
    {
        var isMany = Model is not null || From is not null || To is not null;
        return isMany == Scene is not null ? "Give either --scene, or --model, --from and --to as needed."
            : isMany && !hasJournal ? "--model, --from and --to need --data, or --journal."
            : Model is not null && output is null ? "--model needs --out."
            : null;
    }

    /// <summary>The products that stand, by a journal that a daemon may write. One that cannot be looked at keeps no
    /// other from being found.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="output">Folder of the products; only without a model null.</param>
    /// <param name="cancellation">Ends the looking.</param>
    /// <exception cref="CommandException">The one scene has no product that stands.</exception>
    public async Task<RetractFinding> FindAsync(
        JournalReader journal, string? output, CancellationToken cancellation)
    {
        if (Scene is { } scene)
        {
            return await FindOneAsync(journal, scene, cancellation);
        }

        // By scene, for one that changes while it is looked for is met again as it stands then.
        var found = new Dictionary<SceneId, RetractTarget>();
        var unread = new Dictionary<SceneId, UnreadProduct>();
        foreach (var listing in await journal.ListOpenAsync(cancellation))
        {
            await LookAsync(listing);
        }

        await foreach (var listing in journal.ReadClosedAsync(cancellation: cancellation))
        {
            await LookAsync(listing);
        }

        return new([.. found.Values.OrderBy(target => target.SensedTo)], [.. unread.Values]);

        async ValueTask LookAsync(SceneListing listing)
        {
            found.Remove(listing.Scene);
            unread.Remove(listing.Scene);
            if (listing is not { Revision: > 0, Standing: not SceneStanding.Retracted })
            {
                return;
            }

            var (isWanted, sensedTo, fault) = await AskAsync(journal, listing, output, cancellation);
            if (isWanted)
            {
                found[listing.Scene] = new(listing.Scene, listing.Revision, sensedTo);
            }
            // Retention, or a newer revision, may have taken it away since it was listed.
            else if (fault is not null && await journal.FindAsync(listing.Scene, cancellation) is { } now
                && (now.Folder, now.Standing) == (listing.Folder, listing.Standing))
            {
                unread[listing.Scene] = new(listing.Scene, listing.Revision, fault);
            }
        }
    }

    private static async Task<RetractFinding> FindOneAsync(
        JournalReader journal, SceneId scene, CancellationToken cancellation)
    {
        var listing = await journal.FindAsync(scene, cancellation)
            ?? throw new CommandException($"The journal does not know the scene {scene}.");
        if (listing is not { Revision: > 0, Standing: not SceneStanding.Retracted })
        {
            throw new CommandException($"Scene {scene} has no product that stands.");
        }

        try
        {
            var spec = await SpecAsync(journal, scene, cancellation);
            return new([new(scene, listing.Revision, spec?.SensedTo)], []);
        }
        catch (JournalDamagedException fault)
        {
            return new([], [new(scene, listing.Revision, fault.Message)]);
        }
    }

    private async ValueTask<(bool IsWanted, DateTimeOffset? SensedTo, string? Fault)> AskAsync(
        JournalReader journal, SceneListing listing, string? output, CancellationToken cancellation)
    {
        try
        {
            if (await SpecAsync(journal, listing.Scene, cancellation) is not { } spec || !IsWithin(spec))
            {
                return default;
            }

            var (isOfModel, fault) = Model is null ? (true, null) : ModelOf(output!, listing.Folder!);
            return (isOfModel, spec.SensedTo, fault);
        }
        catch (JournalDamagedException fault)
        {
            return (false, null, fault.Message);
        }
    }

    private static async ValueTask<SceneSpec?> SpecAsync(
        JournalReader journal, SceneId scene, CancellationToken cancellation)
    {
        await foreach (var recorded in journal.ReadAsync(scene, 0, cancellation))
        {
            if (recorded.Fact is SceneFact.SceneOpened opened)
            {
                return opened.Scene;
            }
        }

        return null;
    }

    private bool IsWithin(SceneSpec spec) =>
        (From is not { } from || spec.SensedTo >= from) && (To is not { } to || spec.SensedFrom <= to);

    // The item of a product names the model that made it; without one nobody knows.
    private (bool IsOfModel, string? Fault) ModelOf(string output, string folder)
    {
        try
        {
            using var item = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, folder, "item.json")));
            var software = item.RootElement.GetProperty("properties").GetProperty("processing:software");
            return (
                software.TryGetProperty("model", out var model)
                && model.GetString() is { } name && name.Contains($"sha256:{Model}", StringComparison.Ordinal), null);
        }
        // The last one: a value of another kind than it should be.
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException)
        {
            return (false, $"the item of {folder} cannot be read: {fault.Message}");
        }
    }
}
