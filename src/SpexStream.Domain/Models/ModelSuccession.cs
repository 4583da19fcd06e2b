using System.Collections.Immutable;

namespace SpexStream.Domain.Models;

/// <summary>
/// Which version of a model new scenes get, and when an older one is taken down. A scene keeps the version that it began
/// with. A version is loaded when its pack has looked the same twice in a row, takes over when all of it is in order,
/// and one that was refused is not tried again until its pack looks different. No more than <see cref="MostOpen"/> are
/// open at once: a further one waits until the scenes of the oldest are done, and what is loaded then is what the pack
/// holds then. Immutable; every method gives what follows.
/// </summary>
public sealed record ModelSuccession
{
    /// <summary>Versions that may be open at once, those that are being loaded or taken down among them.</summary>
    public const int MostOpen = 2;

    private ModelSuccession(string stamp) => Open = Open.Add(Serving, new OpenModel(stamp));

    /// <summary>The version that new scenes get.</summary>
    public int Serving { get; private init; } = 1;

    /// <summary>The open versions by their numbers, which grow.</summary>
    public ImmutableSortedDictionary<int, OpenModel> Open { get; private init; } =
        ImmutableSortedDictionary<int, OpenModel>.Empty;

    /// <summary>Whether a version was seen that cannot be loaded before an older one is gone.</summary>
    public bool IsWaiting { get; private init; }

    /// <summary>How the pack looked the last time; null before the first look.</summary>
    public string? Seen { get; private init; }

    /// <summary>How the pack looked whose version was refused last; null while it looks as the version that
    /// serves.</summary>
    public string? RefusedStamp { get; private init; }

    private (int Generation, string Stamp)? Loading { get; init; }

    private int Newest { get; init; } = 1;

    /// <summary>One version serves, as number 1.</summary>
    /// <param name="stamp">How its pack looked before it was read.</param>
    public static ModelSuccession Begin(string stamp) => new(stamp);

    /// <summary>The pack was looked at.</summary>
    /// <param name="stamp">How it looks: equal texts, same version.</param>
    public SuccessionStep Look(string stamp)
    {
        var isSettled = stamp == Seen;
        var next = this with { Seen = stamp, IsWaiting = false };
        if (stamp == Open[Serving].Stamp)
        {
            return new(next with { RefusedStamp = null });
        }

        if (!isSettled || Loading is not null || stamp == RefusedStamp)
        {
            return new(next);
        }

        var back = Open.Where(pair => pair.Value.Stamp == stamp && !pair.Value.IsClosing)
            .Select(pair => pair.Key).LastOrDefault();
        if (back > 0)
        {
            // Somebody went back to a version that scenes still use: it is open and warm.
            return next.TakeOver(back);
        }

        return Open.Count < MostOpen
            ? new(next with { Loading = (Newest + 1, stamp), Newest = Newest + 1 },
                new SuccessionEffect.Load(Newest + 1))
            : new(next with { IsWaiting = true });
    }

    /// <summary>What was asked to be loaded is open and warm on every device: new scenes get it.</summary>
    public SuccessionStep Loaded()
    {
        var (generation, stamp) = Loading ?? throw NothingLoads();
        return (this with
        {
            Loading = null,
            RefusedStamp = null,
            Open = Open.Add(generation, new OpenModel(stamp)),
        }).TakeOver(generation);
    }

    /// <summary>What was asked to be loaded cannot be used; nothing of it is open.</summary>
    public SuccessionStep Refused() =>
        new(this with { RefusedStamp = (Loading ?? throw NothingLoads()).Stamp, Loading = null });

    /// <summary>A scene begins with the version that serves.</summary>
    public SuccessionStep Lease() => new(With(Serving, Open[Serving] with { Leases = Open[Serving].Leases + 1 }));

    /// <summary>A scene is done with its version.</summary>
    public SuccessionStep Return(int generation)
    {
        var model = Open[generation];
        ArgumentOutOfRangeException.ThrowIfZero(model.Leases);
        return With(generation, model with { Leases = model.Leases - 1 }).CloseIfUnused(generation);
    }

    /// <summary>A version was taken down.</summary>
    public SuccessionStep Closed(int generation) => new(this with { Open = Open.Remove(generation) });

    private SuccessionStep TakeOver(int generation) =>
        (this with { Serving = generation, RefusedStamp = null }).CloseIfUnused(Serving);

    private SuccessionStep CloseIfUnused(int generation) =>
        generation != Serving && Open[generation] is { Leases: 0, IsClosing: false } unused
            ? new(With(generation, unused with { IsClosing = true }), new SuccessionEffect.Close(generation))
            : new(this);

    private ModelSuccession With(int generation, OpenModel model) => this with { Open = Open.SetItem(generation, model) };

    private static InvalidOperationException NothingLoads() => new("No version is being loaded.");
}
