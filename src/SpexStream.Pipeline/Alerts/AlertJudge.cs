using System.Collections.Immutable;
using System.Threading.Channels;
using SpexStream.Domain.Alerts.Book;
using SpexStream.Domain.Alerts.Rules;
using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Pipeline.Alerts;

/// <summary>
/// Judges what products say of areas: reads it from the facts of their scenes, lets the rules' lives decide, and writes
/// facts and messages in one append of the alerts' stream. Scenes whose publication it did not hear of (a crash in
/// between, another node's death) are found by looking through the journal again and again. Public members are safe for
/// several threads.
/// </summary>
public sealed class AlertJudge
{
    private const int MaxSignals = 1024;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);
    // Three short questions: others may have judged, and who looks here wants to see it.
    private static readonly TimeSpan CatchUpEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SoonestTick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WaitAfterRival = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WaitAfterFault = TimeSpan.FromSeconds(2);
    private readonly AlertJudgeTools _tools;
    private readonly AlertSweep _sweep;
    private readonly AlertBacklog _backlog = new();
    private readonly AlertRestating _restating;
    private readonly AlertPen _pen;
    private readonly RulesInForce _inForce;
    private readonly UnseenAreas _unseen = new();
    private readonly AlertWorkFinder _work;
    // What does not fit in is found by the next sweep.
    private readonly Channel<SceneId> _signals = Channel.CreateBounded<SceneId>(
        new BoundedChannelOptions(MaxSignals) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly AlertBell _bell = new();
    private volatile RuleSet _rules;
    private volatile string? _trouble;
    private DateTimeOffset _caughtUp;
    private bool _hasSwitched;
    private ImmutableArray<OpenAlert> _open = [];

    /// <summary>Creates the judge; it works while <see cref="RunAsync"/> does.</summary>
    public AlertJudge(AlertJudgeTools tools, RuleSet rules)
    {
        (_tools, _rules) = (tools, rules);
        _sweep = new(tools.Journal, tools.Time, tools.OnUnlisted);
        (_restating, _pen, _work) = (new(tools), new(tools), new(tools));
        _inForce = new(tools, _pen);
    }

    /// <summary>The rules that this node has read; others take their place with the next piece of work. They judge
    /// until another node reads others.</summary>
    public RuleSet Rules
    {
        get => _rules;
        set
        {
            _rules = value;
            _bell.Ring();
        }
    }

    /// <summary>The alerts that are open, as of the last piece of work.</summary>
    public ImmutableArray<OpenAlert> Open =>
        ImmutableInterlocked.InterlockedCompareExchange(ref _open, default, default);

    /// <summary>How long the oldest known publication or withdrawal waits to be judged; zero for none.</summary>
    public TimeSpan Behind => _backlog.AgeAt(_tools.Time.GetUtcNow());

    /// <summary>Why nothing is judged at present, in one line; null while it is, be it by another node.</summary>
    public string? Trouble => _trouble;

    /// <summary>Rules in areas of which passes do not see enough to judge.</summary>
    public int Unseen => _unseen.Count;

    /// <summary>The node whose rules judge in place of this one's, which are others; null while this one's
    /// do.</summary>
    public string? Rival => _inForce.Rival;

    /// <summary>Says that a scene's product was published or withdrawn.</summary>
    public void Look(SceneId scene)
    {
        _backlog.Add(scene, _tools.Time.GetUtcNow());
        _signals.Writer.TryWrite(scene);
        _bell.Ring();
    }

    /// <summary>Says that the broker may have lost the states of open alerts; they are said again.</summary>
    public void Restate()
    {
        _restating.Ask();
        _bell.Ring();
    }

    /// <summary>Works until cancelled.</summary>
    /// <exception cref="JournalDamagedException">The alerts' own stream cannot be read.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var stream = new AlertStream(_tools.Journal, _tools.Time, stop, onHeard: _tools.OnHeard);
        while (true)
        {
            var before = _trouble;
            var fault = await TryRoundAsync(stream, stop);
            if (fault is null)
            {
                if (before is not null)
                {
                    _tools.OnGoesOn();
                }

                await _bell.WaitAsync(WaitFor(stream.Book), _tools.Time, stop);
                continue;
            }

            if (fault is StaleEpochException || before != _trouble)
            {
                _tools.OnDelay(fault);
            }

            await Task.Delay(fault is StaleEpochException ? WaitAfterRival : WaitAfterFault, _tools.Time, stop);
        }
    }

    /// <summary>Does what there is to do. What another node was first with, or nobody answered to, is judged again in
    /// the next round, from what is written down.</summary>
    internal async ValueTask<JournalException?> TryRoundAsync(AlertStream stream, CancellationToken stop)
    {
        try
        {
            await stream.OpenAsync();
            await RoundAsync(stream, stop);
            _trouble = null;
            return null;
        }
        catch (JournalException fault) when (fault is not JournalDamagedException)
        {
            stream.Lose();
            _sweep.Restart();
            _trouble = fault is StaleEpochException ? _trouble : fault.Message;
            return fault;
        }
    }

    private async ValueTask RoundAsync(AlertStream stream, CancellationToken stop)
    {
        var (rules, known) = (_rules, _backlog.Newest);
        if (await _inForce.UseAsync(stream, rules))
        {
            _sweep.Restart();
        }

        if (!_hasSwitched)
        {
            await _pen.WriteAsync(stream, rules, AlertDesk.Switched(stream.Book, _tools.Messages.IsActual), []);
            _hasSwitched = true;
        }

        // First what a crash has left behind: by what is newer it would come too late.
        if (_sweep.IsDue(SweepEvery))
        {
            await stream.CatchUpAsync();
            foreach (var left in await _sweep.FindAsync(stream.Book, stop))
            {
                await JudgeAsync(stream, rules, left, stop);
            }

            // What another node judged in the meantime is not found.
            _backlog.RemoveUpTo(known);
            _unseen.Tidy(stream.Book, rules);
            await stream.TidyAsync();
            await stream.SweepAsync();
        }

        while (_signals.Reader.TryRead(out var scene))
        {
            await JudgeAsync(stream, rules, scene, stop);
        }

        var now = _tools.Time.GetUtcNow();
        if (stream.Book.NextTick() <= now)
        {
            await _pen.WriteAsync(stream, rules, AlertDesk.Ticked(stream.Book, now), []);
        }

        if (now - _caughtUp >= CatchUpEvery)
        {
            await stream.CatchUpAsync();
            _caughtUp = now;
        }

        await _restating.DoAsync(stream, rules, stop);
        Show(stream.Book);
        _inForce.Compare(stream.Book);
    }

    private async ValueTask JudgeAsync(AlertStream stream, RuleSet rules, SceneId scene, CancellationToken stop)
    {
        _sweep.Seen(scene);
        ScenePasses? passes;
        try
        {
            passes = await ScenePasses.ReadAsync(_tools.Journal, scene, stop);
        }
        catch (JournalDamagedException fault)
        {
            _backlog.Remove(scene);
            _tools.OnPassedOver(scene, null, fault);
            return;
        }

        try
        {
            await JudgeAsync(stream, rules, scene, passes, stop);
            _backlog.Remove(scene);
        }
        // Whatever one scene cannot be judged for, it must not keep the others from being judged. What the journal
        // says is of the alerts' own stream by now.
        catch (Exception fault) when (fault is not (JournalException or OperationCanceledException))
        {
            _backlog.Remove(scene);
            _tools.OnPassedOver(scene, passes?.TraceParent, fault);
        }
    }

    private async ValueTask JudgeAsync(
        AlertStream stream, RuleSet rules, SceneId scene, ScenePasses? passes, CancellationToken stop)
    {
        // Without rules nothing is judged, and whoever has some again finds it.
        if (passes is null || stream.Book.Rules.Count == 0
            || stream.Book.HasJudged(scene, passes.Revision, passes.Withdrawn is not null))
        {
            return;
        }

        (passes, var work) = await _work.FindAsync(passes, rules, stream, stop);
        if (!work.IsEmpty || !passes.Parts.IsEmpty || passes.IsLate)
        {
            _backlog.Add(scene, passes.Since);
            foreach (var told in _unseen.Note(stream.Book, scene, work, _tools.Time.GetUtcNow())
                .GroupBy(area => area.Rule))
            {
                _tools.OnUnseen(told.Key, [.. told]);
            }

            await _pen.WriteAsync(
                stream, rules, work,
                [new SceneFact.SceneJudged(scene, passes.Revision, passes.Withdrawn is not null, passes.Since)]);
        }
    }

    private TimeSpan WaitFor(AlertBook book)
    {
        var rest = WaitForWork(book);
        return _restating.Wait is not { } wait || wait > rest ? rest : wait > SoonestTick ? wait : SoonestTick;
    }

    private TimeSpan WaitForWork(AlertBook book)
    {
        if (book.NextTick() is not { } tick || tick - _tools.Time.GetUtcNow() is var wait && wait > CatchUpEvery)
        {
            return CatchUpEvery;
        }

        return wait > SoonestTick ? wait : SoonestTick;
    }

    private void Show(AlertBook book) =>
        ImmutableInterlocked.InterlockedExchange(ref _open, OpenAlert.Of(book));
}
