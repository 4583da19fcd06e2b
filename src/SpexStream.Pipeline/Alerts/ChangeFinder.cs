using System.Collections.Immutable;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Change;
using SpexStream.Domain.Alerts.Life;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>
/// Has passes that alerts tell of compared with the passes before them. Each mask is read once for a scene; one that
/// cannot be had, or not in time, costs the comparison and nothing else. One task at a time.
/// </summary>
internal sealed class ChangeFinder(AlertJudgeTools tools)
{
    // Alerts wait for it: a share that hangs must not keep them.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private readonly SceneNotes<Dictionary<(LandCoverClass, AreaId, EarlierPass), ToldChange>> _notes = new();
    private Dictionary<(LandCoverClass, AreaId, EarlierPass), ToldChange> _found = [];
    private Task _reading = Task.CompletedTask;
    private long _began;

    /// <summary>The same work, with what has changed where an alert tells of it.</summary>
    /// <exception cref="JournalException">The journal does not answer.</exception>
    public async ValueTask<ImmutableArray<AlertWork>> CompareAsync(
        ImmutableArray<AlertWork> work, ScenePasses passes, RuleSet rules, AlertBook book, CancellationToken stop)
    {
        if (tools.Comparer is null
            || ChangeOrder.In(book, work, tools.Time.GetUtcNow()) is not { IsEmpty: false } orders)
        {
            return work;
        }

        if (!_notes.TryGet(passes, rules, out var found))
        {
            _notes.Keep(passes, rules, found = []);
        }

        _found = found;
        _began = tools.Time.GetTimestamp();
        foreach (var group in OverSameGround(passes, rules, orders.Where(order => !_found.ContainsKey(KeyOf(order))))
            .GroupBy(order => order.Work.Rule.Class))
        {
            await FindAsync(tools.Comparer, passes, rules, group.Key, [.. group], stop);
        }

        var compared = work.ToBuilder();
        foreach (var order in orders)
        {
            // What was not found now is not looked for again when another node was first.
            _found.TryAdd(KeyOf(order), order.Change);
            var change = _found[KeyOf(order)];
            compared[order.Place] = order.Work with
            {
                Input = (AlertInput.Observed)order.Work.Input with { Change = change },
            };
        }

        return compared.MoveToImmutable();
    }

    // Whoever measured may have another file than who judges: then the figures would be of another ground than the
    // value they stand beside.
    private IEnumerable<ChangeOrder> OverSameGround(
        ScenePasses passes, RuleSet rules, IEnumerable<ChangeOrder> orders)
    {
        var same = orders.ToLookup(order => order.IsOver(rules.Index.Named(order.Work.Area)));
        if (same[false].FirstOrDefault() is { } other)
        {
            Tell(passes, $"Area {other.Work.Area} of this node's file is not what was measured: it was redrawn there, "
                + "or is missing");
        }

        return same[true];
    }

    private async ValueTask FindAsync(
        PassComparer comparer, ScenePasses passes, RuleSet rules, LandCoverClass value,
        ImmutableArray<ChangeOrder> orders, CancellationToken stop)
    {
        if (passes is not { Product: { } product, IsRemoved: false })
        {
            return;
        }

        var newer = await TryAsync(
            passes, () => comparer.Open(rules, product, value, orders.Select(order => order.Work.Area)), stop);
        foreach (var group in orders.GroupBy(order => order.Change.Since))
        {
            if (newer is null || await OlderAsync(passes, group.Key, stop) is not { Product: { } older } before)
            {
                continue;
            }

            var figures = await TryAsync(
                passes, () => comparer.Compare(newer, older, group.Select(order => order.Work.Area).Distinct()), stop);
            foreach (var order in group)
            {
                if (figures?.GetValueOrDefault(order.Work.Area) is { } found)
                {
                    _found[KeyOf(order)] = order.Change with
                    {
                        // It may have been revised since, and not judged yet.
                        Since = group.Key with { Revision = before.Revision },
                        Figures = found,
                    };
                }
            }
        }
    }

    // What retention has deleted, or somebody withdrew, is no trouble: the alert says that nothing was compared.
    private async ValueTask<ScenePasses?> OlderAsync(ScenePasses passes, EarlierPass since, CancellationToken stop)
    {
        try
        {
            var older = await ScenePasses.ReadAsync(tools.Journal, since.Scene, stop);
            return older is { IsRemoved: false, Withdrawn: null } ? older : null;
        }
        catch (JournalDamagedException fault)
        {
            Tell(passes, fault.Message);
            return null;
        }
    }

    private async ValueTask<T?> TryAsync<T>(ScenePasses passes, Func<T?> read, CancellationToken stop)
        where T : class
    {
        var rest = Longest - tools.Time.GetElapsedTime(_began);
        if (!_reading.IsCompleted || rest <= TimeSpan.Zero)
        {
            Tell(passes, $"Masks could not be read within {Longest.TotalSeconds:0} s.");
            return null;
        }

        try
        {
            var reading = Task.Run(read, stop);
            _reading = reading;
            return await reading.WaitAsync(rest, tools.Time, stop);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whatever it is, a mask that cannot be read, or not in time, must not cost the alert.
            Tell(passes, fault.Message);
            return null;
        }
    }

    private void Tell(ScenePasses passes, string reason)
    {
        if (_notes.TryTell(passes))
        {
            tools.OnNotCompared(passes.Scene, passes.TraceParent, reason);
        }
    }

    private static (LandCoverClass Class, AreaId Area, EarlierPass Since) KeyOf(ChangeOrder order) =>
        (order.Work.Rule.Class, order.Work.Area, order.Change.Since);
}
