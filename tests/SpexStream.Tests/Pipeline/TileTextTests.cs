using System.Collections.Immutable;
using SpexStream.Domain.Grid;
using SpexStream.Domain.LandCover;
using SpexStream.Domain.Ports.Models;
using SpexStream.Domain.Regions;
using SpexStream.Pipeline.Scenes;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Pipeline;

/// <summary>What a model said on a tile outlives the process, and so do tiles on which none spoke.</summary>
public sealed class TileTextTests : IDisposable
{
    private static readonly TileGrid Grid = new(128, 64, 64, 0);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Answers_come_back_with_their_texts_or_without()
    {
        ImmutableArray<ModelText> texts =
            [new(LandCoverClass.Water, "Ein See \u2014 \"gro\u00df\".", "ab"), new(LandCoverClass.Buildings, "", "cd")];
        var (silent, spoken) = (Answer(0, []), Answer(1, texts));
        using (var log = new TileLog(_folder["tiles.log"]))
        {
            log.Append(silent);
            log.Append(spoken);
        }

        using var again = new TileLog(_folder["tiles.log"]);
        var answers = again.Scan().Select(again.Read).ToArray();
        Assert.Empty(answers[0].Texts);
        Assert.Equal(silent.Planes.Select(plane => plane[0]), answers[0].Planes.Select(plane => plane[0]));
        Assert.Equal(texts.AsEnumerable(), answers[1].Texts.AsEnumerable());
        Assert.Equal(2, answers[1].Planes.Length);
    }

    public void Dispose() => _folder.Dispose();

    private static TileAnswer Answer(int column, ImmutableArray<ModelText> texts) => new(
        TileResult.Without(Grid, new(column, 0), CoverCode.TileFailed, LandCoverClasses.All), [[1, 2], [3]], null, 7)
    {
        Texts = texts,
    };
}
