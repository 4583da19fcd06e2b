namespace SpexStream.Inference.Packs;

/// <summary>Reads the structure of a tensor of batch, channels, rows and columns.</summary>
/// <param name="Batch">Its first length; null where it is open.</param>
/// <param name="Edge">Its last two lengths; null where they are open.</param>
internal readonly record struct TensorShape(int? Batch, int? Edge)
{
    private const int MostEdge = 4096;
    private const int MostBatch = 1024;
    private static readonly string[] Channels = ["bands", "channel", "channels", "class", "classes"];

    /// <summary>Reads <c>shape</c> and <c>dim_order</c>.</summary>
    /// <param name="field">The structure.</param>
    /// <param name="axis">What the channels are, for messages.</param>
    /// <param name="channels">How many there must be.</param>
    public static TensorShape Read(PackField field, string axis, int channels)
    {
        Order(field["dim_order"]);
        if (field["shape"].List(4, 4, "four lengths: batch, channels, rows, columns; -1 for an open one")
            is not [var b, var c, var h, var w])
        {
            return default;
        }

        var (batch, rows, columns) = (Length(b, MostBatch), Length(h, MostEdge), Length(w, MostEdge));
        var found = c.Whole(null, 1, 1024);
        if (found != channels && channels > 0)
        {
            c.Fault($"is {found}, and there are {channels} {axis}");
        }

        if (rows != columns)
        {
            h.Fault("is not the length of the columns; windows are square");
        }

        return new(batch, rows);
    }

    private static int? Length(PackField field, int most)
    {
        var length = field.Number(
            null, value => value == -1 || (value == Math.Floor(value) && value >= 1 && value <= most),
            $"-1 or a whole number from 1 to {most}");
        return length == -1 ? null : (int)length;
    }

    // "bchw" is how older descriptions write it.
    private static void Order(PackField field)
    {
        if (field.IsText)
        {
            field.Word(null, "bchw");
            return;
        }

        string[] names =
            [.. field.List(4, 4, "[\"batch\", \"bands\", \"height\", \"width\"]").Select(name => name.Text())];
        if (names.Length == 4
            && (names[0] != "batch" || !Channels.Contains(names[1]) || names[2] != "height" || names[3] != "width"))
        {
            field.Fault($"is {string.Join(' ', names)}; only batch, channels, height, width is taken");
        }
    }
}
