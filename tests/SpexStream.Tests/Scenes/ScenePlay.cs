using System.Collections.Immutable;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Pipeline;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Scenes;
using SpexStream.Tests.Journal;
using Xunit;

namespace SpexStream.Tests.Scenes;

/// <summary>
/// Plays a whole runtime to <see cref="SceneLife"/>, with crashes: facts are kept, answers of tiles are kept with the
/// pixels that they rest on, all else is lost and folded anew. Checks that products never rest on pixels that were
/// replaced.
/// </summary>
internal sealed class ScenePlay(SceneLayout layout, Random random)
{
    private readonly List<RecordedFact> _facts = [];
    private readonly List<ImmutableArray<TileIndex>> _batches = [];
    private readonly Dictionary<TileIndex, string> _answers = [];
    private readonly Queue<(SceneInput Input, string Basis)> _todo = new();
    private DateTimeOffset _now = SceneStory.Dawn;
    private DateTimeOffset? _wake;

    public SceneState State { get; private set; } = new(layout);

    /// <summary>What each published revision was made of: index and content of its strips.</summary>
    public List<string> Published { get; } = [];

    /// <summary>Tiles that a device had to classify.</summary>
    public int Classified { get; private set; }

    public int Crashes { get; private set; }

    public DateTimeOffset Now => _now;

    public IReadOnlyList<RecordedFact> Facts => _facts;

    public void Strip(int index, int row, int height, string content, StripTier tier = StripTier.Wanted) =>
        Hear(new SceneInput.StripArrived(new StripEntry(index, row, height, content) { Tier = tier }));

    public void Hear(SceneInput input) =>
        Follow(SceneLife.Handle(State, input, _now), (input as SceneInput.StripArrived)?.Strip);

    /// <summary>Does some of what waits, in any order that a runtime may choose.</summary>
    public void Work(int steps)
    {
        for (var i = 0; i < steps && _todo.TryDequeue(out var next); i++)
        {
            if (random.Next(3) == 0 && next.Input is SceneInput.TileDone)
            {
                // Devices come back in any order.
                _todo.Enqueue(next);
                continue;
            }

            Answer(next.Input, next.Basis);
        }
    }

    public void WorkAll()
    {
        while (_todo.Count > 0)
        {
            Work(1);
        }
    }

    /// <summary>Time goes on until the scene wants to be woken.</summary>
    public void Wait()
    {
        if (_wake is { } wake)
        {
            (_now, _wake) = (wake > _now ? wake : _now, null);
            Hear(new SceneInput.Ticked());
        }
    }

    /// <summary>The process dies and the next one takes the scene up from its facts.</summary>
    public void Crash()
    {
        Crashes++;
        _todo.Clear();
        _wake = null;
        if (SceneHistory.Of(_facts, (_, _) => layout) is { } history)
        {
            // Surveys may be kept, or not.
            State = history.State with { Remembered = [.. _batches.Where(_ => random.Next(3) > 0)] };
            Follow(SceneLife.Resume(State, _now), null);
        }
    }

    private void Follow(SceneStep step, StripEntry? strip)
    {
        if (_facts.Count == 0 && step.Effects.OfType<SceneEffect.TakeStrip>().Any())
        {
            Write(new SceneFact.SceneOpened(SampleFacts.Opened().Scene, SampleFacts.Opened().Terms));
        }

        foreach (var fact in LifeFacts.Of(step, strip is null ? null : DeliveryOf(strip)))
        {
            Write(fact);
        }

        State = step.State;
        foreach (var effect in step.Effects)
        {
            CarryOut(effect);
        }
    }

    private void CarryOut(SceneEffect effect)
    {
        switch (effect)
        {
            case SceneEffect.RunTiles run:
                if (run.Stage is { Pass: 0, Batch: not TileStage.FinalBatch } && layout.PassCount > 0)
                {
                    _batches.Add(run.Tiles);
                }

                foreach (var tile in run.Tiles)
                {
                    // A device may read the pixels as soon as it has the tile.
                    _todo.Enqueue((new SceneInput.TileDone(run.Stage, tile), BasisOf(tile)));
                }

                break;
            case SceneEffect.Conclude conclude:
                _todo.Enqueue((new SceneInput.StageConcluded(conclude.Stage), string.Empty));
                break;
            case SceneEffect.SummariseStrip summarise:
                Write(new SceneFact.StripSummarised(
                    new(summarise.StripIndex, State.StripRevisions[summarise.StripIndex])));
                break;
            case SceneEffect.WakeAt wake:
                _wake = wake.Time;
                break;
            case SceneEffect.Assemble assemble:
                Assert.All(State.Grid.All(), tile => Assert.Equal(BasisOf(tile), _answers.GetValueOrDefault(tile)));
                _todo.Enqueue((new SceneInput.ProductsAssembled(), string.Empty));
                Assert.Equal(Published.Count + 1, assemble.Revision);
                break;
        }
    }

    private void Answer(SceneInput input, string basis)
    {
        if (input is SceneInput.TileDone done && done.Stage.Pass == layout.PassCount
            && _answers.GetValueOrDefault(done.Tile) != basis)
        {
            _answers[done.Tile] = basis;
            Classified++;
        }

        if (input is SceneInput.ProductsAssembled && State.Phase == ScenePhase.Assembling)
        {
            Published.Add(string.Join(' ', State.Strips.Values.Select(strip => $"{strip.Index}{strip.ContentId}")));
            Write(new SceneFact.ScenePublished(
                new(State.NextRevision, 1, "folder", 1, State.CompletenessPercent, State.MissingStrips)));
        }

        Hear(input);
    }

    private string BasisOf(TileIndex tile)
    {
        var core = State.Grid.Core(tile);
        var (top, bottom) = (core.Row - layout.Halo, core.Bottom + layout.Halo);
        return $"{core} " + string.Join(' ', State.Strips.Values
            .Where(strip => strip.RowOffset < bottom && strip.Bottom > top)
            .Select(strip => $"{strip.RowOffset}+{strip.Height}{strip.ContentId}"));
    }

    private void Write(SceneFact fact) => _facts.Add(new(_facts.Count + 1, 1, _now, fact));

    private static StripDelivery DeliveryOf(StripEntry strip) => (SampleFacts.Accepted().Strip with
    {
        Key = new(strip.Index, 1),
        RowOffset = strip.RowOffset,
        Height = strip.Height,
        ContentId = strip.ContentId,
        Tier = strip.Tier,
        AnnouncedRevision = strip.AnnouncedRevision,
        EndsPass = false,
    }).Delivery(SampleFacts.Opened().Scene);
}
