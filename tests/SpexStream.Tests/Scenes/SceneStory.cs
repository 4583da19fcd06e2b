using SpexStream.Domain.Grid;
using SpexStream.Domain.Scenes;

namespace SpexStream.Tests.Scenes;

/// <summary>Plays a runtime to <see cref="SceneLife"/>: keeps the state and every effect, and answers stages.</summary>
internal sealed class SceneStory(SceneLayout layout)
{
    public static readonly DateTimeOffset Dawn = new(2026, 5, 1, 4, 0, 0, TimeSpan.Zero);
    private readonly List<SceneEffect> _effects = [];
    private readonly HashSet<int> _answered = [];

    public SceneState State { get; private set; } = new(layout);

    public DateTimeOffset Now { get; set; } = Dawn;

    public IReadOnlyList<SceneEffect> Effects => _effects;

    /// <summary>Hands an input over; returns what it led to.</summary>
    public IReadOnlyList<SceneEffect> Hear(SceneInput input)
    {
        var step = SceneLife.Handle(State, input, Now);
        State = step.State;
        _effects.AddRange(step.Effects);
        return step.Effects;
    }

    public IReadOnlyList<SceneEffect> Strip(int index, int row, int height, string content = "same") =>
        Hear(new SceneInput.StripArrived(new StripEntry(index, row, height, content)));

    /// <summary>Answers every tile of a stage; the last one's effects are returned.</summary>
    public IReadOnlyList<SceneEffect> Answer(SceneEffect.RunTiles run)
    {
        IReadOnlyList<SceneEffect> last = [];
        foreach (var tile in run.Tiles)
        {
            last = Hear(new SceneInput.TileDone(run.Stage, tile));
        }

        return last;
    }

    /// <summary>Does all that is asked for until nothing is left to do.</summary>
    public void Work()
    {
        for (var next = 0; next < _effects.Count; next++)
        {
            switch (_effects[next])
            {
                case SceneEffect.RunTiles run when _answered.Add(next):
                    Answer(run);
                    break;
                case SceneEffect.Conclude conclude when _answered.Add(next):
                    Hear(new SceneInput.StageConcluded(conclude.Stage));
                    break;
                case SceneEffect.Assemble when _answered.Add(next):
                    Hear(new SceneInput.ProductsAssembled());
                    break;
            }
        }
    }

    public IEnumerable<T> Of<T>()
        where T : SceneEffect => _effects.OfType<T>();

    /// <summary>Tiles that were told to run in the classification of some batch, with repeats.</summary>
    public IEnumerable<TileIndex> Classifications() =>
        Of<SceneEffect.RunTiles>().Where(run => run.Stage.Pass == layout.PassCount).SelectMany(run => run.Tiles);
}
