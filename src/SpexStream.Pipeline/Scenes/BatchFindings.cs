using SpexStream.Domain.Backends;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>What the backend found out about a scene so far, batch by batch. Belongs to the scene's loop.</summary>
internal sealed class BatchFindings(SceneWorkshop workshop)
{
    private readonly Dictionary<int, ISceneFindings> _byBatch = [];

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
    }

    /// <summary>Draws the conclusion from a finished survey.</summary>
    public void Conclude(TileStage stage)
    {
        var findings = Of(stage.Batch);
        _byBatch[stage.Batch] = workshop.Backend.Conclude(findings, workshop.Total(stage, findings));
    }
}
