using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.LandCover;
using SpexStream.Tests.Regions;

namespace SpexStream.Tests.Alerts;

/// <summary>Rows of a class straight from a mask's pixels.</summary>
internal sealed class MaskRows(Mask mask, LandCoverClass value = LandCoverClass.Water) : IClassRows
{
    public int Width => mask.Width;

    public int Height => mask.Height;

    public void Read(int row, RunBand band)
    {
        for (var column = 0; column < mask.Width; column++)
        {
            band.Add(column + 1, State(column, row));
        }
    }

    public GroundState State(int column, int row) =>
        column < 0 || row < 0 || column >= mask.Width || row >= mask.Height
            || mask[column, row] >= CoverCode.FirstReason ? GroundState.Unseen
        : mask.Has(column, row, value) ? GroundState.Yes : GroundState.No;
}
