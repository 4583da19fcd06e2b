namespace SpexStream.Inference.Packs;

/// <summary>Reads how windows are laid over a tile.</summary>
internal static class TilingReader
{
    private const int MostOverlap = 1024;
    private const int MostEdge = 4096;

    public static PackTiling Read(PackField field, PackInput input)
    {
        var overlap = field["overlap"].Whole(null, 0, MostOverlap);
        var blends = field["merge"].Word("crop", "crop", "blend") == "blend";
        var multiple = field["multiple"].Whole(1, 1, 64);
        var edge = field["window"].IsMissing ? null : (int?)field["window"].Whole(null, 1, MostEdge);
        if (input.Edge is { } fixedEdge && edge is { } other && other != fixedEdge)
        {
            field["window"].Fault($"is {other}, and the graph takes {fixedEdge}; leave it out");
        }

        if (!int.IsPow2(multiple))
        {
            field["multiple"].Fault(
                $"is {multiple}; it takes a power of two from 1 to 64, for tiles are powers of two");
        }

        edge = input.Edge ?? edge;
        if (edge is { } known)
        {
            Check(field, known, overlap, blends, multiple);
        }
        else if (blends)
        {
            field["window"].Fault("is missing; blending needs windows of a fixed edge");
        }

        return new(overlap, blends, multiple, edge);
    }

    private static void Check(PackField field, int edge, int overlap, bool blends, int multiple)
    {
        // A window that blends has a part of its own, too.
        var step = edge - (2 * overlap);
        if (step < (blends ? 2 * overlap : 1))
        {
            var most = blends ? edge / 4 : (edge - 1) / 2;
            field["overlap"].Fault($"is {overlap} of a window of {edge}; it takes at most {most}");
        }
        else if (edge % multiple != 0 || step % multiple != 0)
        {
            field["overlap"].Fault(
                $"is {overlap}: a window of {edge} and its step of {step} must be multiples of {multiple}");
        }
    }
}
