using SpexStream.Domain.LandCover;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Works on whole planes of evidence.</summary>
internal static unsafe class EvidencePlanes
{
    /// <summary>Copies the rows of a part to their place; both are as wide.</summary>
    public static void CopyInto(TileEvidence part, TileEvidence whole)
    {
        var width = (long)part.Core.Width;
        for (var row = 0; row < part.Core.Height; row++)
        {
            var target = row + part.Core.Row - whole.Core.Row;
            Buffer.MemoryCopy(part.Codes(row), whole.Codes(target), width, width);
            Buffer.MemoryCopy(part.Diagnostics(row), whole.Diagnostics(target), width, width);
            Buffer.MemoryCopy(part.Seeds(row), whole.Seeds(target), width, width);
            foreach (var value in LandCoverClasses.All)
            {
                Buffer.MemoryCopy(part.Confidence(value, row), whole.Confidence(value, target), width, width);
            }

            foreach (var kind in Enum.GetValues<IndexKind>())
            {
                Buffer.MemoryCopy(part.Index(kind, row), whole.Index(kind, target), width * 2, width * 2);
            }
        }
    }
}
