using System.Collections.Immutable;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Sharing;

namespace SpexStream.Pipeline.Scenes;

/// <summary>What the backend found out about a scene so far, batch by batch. Belongs to the scene's loop.</summary>
/// <param name="workshop">The scene.</param>
/// <param name="isShared">Whether other nodes have to find out the same.</param>
internal sealed class BatchFindings(SceneWorkshop workshop, bool isShared)
{
    private readonly Dictionary<int, ISceneFindings> _byBatch = [];
    private readonly Dictionary<int, ImmutableArray<byte>> _chains = [];

    /// <summary>What the last batch that came to a conclusion found; the final one's number is the highest.</summary>
    public ISceneFindings Latest =>
        _byBatch.Count == 0 ? workshop.Backend.InitialFindings : _byBatch[_byBatch.Keys.Max()];

    /// <summary>What a batch goes by.</summary>
    public ISceneFindings Of(int batch) =>
        _byBatch.TryGetValue(batch, out var findings) ? findings : workshop.Backend.InitialFindings;

    /// <summary>Starts anew: what was counted held pixels that do not count any more.</summary>
    public void Forget()
    {
        workshop.ForgetSurveys();
        _byBatch.Clear();
        _chains.Clear();
    }

    /// <summary>Draws the conclusion from a finished survey.</summary>
    public void Conclude(TileStage stage)
    {
        var findings = Of(stage.Batch);
        var total = workshop.Total(stage, findings);
        _byBatch[stage.Batch] = workshop.Backend.Conclude(findings, total);
        if (isShared)
        {
            _chains[stage.Batch] = [.. ChainOf(stage.Batch), .. SurveyChain.Link(stage.Pass, total)];
        }
    }

    /// <summary>How another node comes to what a batch goes by (<see cref="SurveyChain"/>).</summary>
    public ImmutableArray<byte> ChainOf(int batch) => _chains.GetValueOrDefault(batch, []);
}
