using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using SpexStream.Domain.Backends;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Scenes;

namespace SpexStream.Pipeline.Scenes;

/// <summary>
/// The surveys of a scene that outlive the process, under what they rest on: the pixels of their tiles and what the
/// passes before found. Where a scene ends with the process, none are kept. Belongs to the scene's loop.
/// </summary>
internal sealed class KeptSurveys(SceneWorkshop workshop, string folder, bool outlives) : IDisposable
{
    private const string FileName = "surveys.log";

    // As if a device had counted them.
    private const string Device = "kept";
    private readonly Dictionary<TileStage, (UInt128 Basis, ImmutableArray<TileIndex> Tiles)> _counting = [];
    private SurveyLog? _log;

    /// <summary>Takes up what an earlier process counted; gives the batches in which it did and that still hold, oldest
    /// first.</summary>
    public ImmutableList<ImmutableArray<TileIndex>> Recall(SceneState state)
    {
        if (workshop.Backend.PassCount == 0 || !outlives)
        {
            return [];
        }

        var (known, grid, first) = (Log.Recall(), state.Grid, workshop.Backend.InitialFindings);
        return state.FirstRow is null ? [] :
        [
            .. from batch in known
               where batch.Tiles.All(tile => tile.Row < grid.Rows && tile.Column < grid.Columns)
               where batch.Basis == BasisOf(new(0, 0), batch.Tiles, grid, first)
               select batch.Tiles,
        ];
    }

    /// <summary>A survey begins: true when it was made before, and is there now.</summary>
    public bool Begin(SceneEffect.RunTiles run, TileGrid grid, ISceneFindings findings)
    {
        if (!outlives)
        {
            return false;
        }

        var basis = BasisOf(run.Stage, run.Tiles, grid, findings);
        var survey = workshop.Backend.NewSurvey(run.Stage.Pass, findings);
        if (Log.TryRead(basis, survey))
        {
            workshop.Restore(run.Stage, Device, survey);
            return true;
        }

        _counting[run.Stage] = (basis, run.Tiles);
        return false;
    }

    /// <summary>A tile of a survey was given up: whoever needs it once more tries it once more.</summary>
    public void Spoil(TileStage stage) => _counting.Remove(stage);

    /// <summary>A survey is through: it is kept unless its pixels were replaced meanwhile.</summary>
    public void Keep(TileStage stage, TileGrid grid, ISceneFindings findings)
    {
        if (_counting.TryGetValue(stage, out var counted)
            && counted.Basis == BasisOf(stage, counted.Tiles, grid, findings))
        {
            var isFirst = stage.Pass == 0 && stage.Batch != TileStage.FinalBatch;
            Log.Append(counted.Basis, isFirst, counted.Tiles, workshop.Counted(stage, findings));
        }

        _counting.Remove(stage);
    }

    public void Dispose() => _log?.Dispose();

    private SurveyLog Log => _log ??= new(Path.Combine(folder, FileName));

    private UInt128 BasisOf(
        TileStage stage, ImmutableArray<TileIndex> tiles, TileGrid grid, ISceneFindings findings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(number, stage.Pass);
        hash.AppendData(number[..sizeof(int)]);
        foreach (var tile in tiles)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(number, workshop.Basis(tile, grid, findings));
            hash.AppendData(number);
        }

        return BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset());
    }
}
