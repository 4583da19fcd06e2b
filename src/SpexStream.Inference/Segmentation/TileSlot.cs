using SpexStream.Domain.Grid;

namespace SpexStream.Inference.Segmentation;

/// <summary>What a batch keeps of one of its tiles. Its fields are set anew for each tile; nothing is
/// allocated.</summary>
internal sealed class TileSlot
{
    public PixelWindow Core { get; set; }

    public AxisWindows Rows { get; set; }

    public AxisWindows Columns { get; set; }

    /// <summary>Place of its first window in the buffers.</summary>
    public int FirstWindow { get; set; }

    /// <summary>Whether some pixel of the core was not measured.</summary>
    public bool HasMarks { get; set; }

    public SegmentationRequest? Request { get; set; }
}
