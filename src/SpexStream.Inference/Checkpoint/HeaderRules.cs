namespace SpexStream.Inference.Checkpoint;

/// <summary>What must hold between the entries of a safetensors header and the bytes behind it.</summary>
internal static class HeaderRules
{
    /// <summary>Checks that sizes fit shapes and types, and that the entries cover the data once, without overlap or
    /// hole.</summary>
    /// <param name="entries">All entries.</param>
    /// <param name="dataBytes">Bytes of the file behind the header.</param>
    /// <param name="faults">Receives what is wrong.</param>
    public static void Check(IReadOnlyList<TensorEntry> entries, long dataBytes, List<string> faults)
    {
        var before = faults.Count;
        foreach (var entry in entries)
        {
            CheckOne(entry, dataBytes, faults);
        }

        if (faults.Count == before)
        {
            CheckCover(entries, dataBytes, faults);
        }
    }

    private static void CheckOne(TensorEntry entry, long dataBytes, List<string> faults)
    {
        var name = HeaderReader.Shown(entry.Name);
        if (entry.Begin > entry.End)
        {
            faults.Add($"tensor '{name}' ends at byte {entry.End}, before it begins at {entry.Begin}");
        }
        else if (entry.End > dataBytes)
        {
            faults.Add($"tensor '{name}' ends at byte {entry.End} of {dataBytes} bytes of data");
        }
        else if (Bytes(entry) is not { } bytes)
        {
            faults.Add($"tensor '{name}' has a shape of more than 2^63 bytes");
        }
        else if (bytes != entry.End - entry.Begin)
        {
            var shape = string.Join(", ", entry.Shape);
            faults.Add(
                $"tensor '{name}' has {entry.End - entry.Begin} bytes, but [{shape}] of {entry.Type} asks for {bytes}");
        }
    }

    private static long? Bytes(TensorEntry entry)
    {
        if (entry.Shape.Contains(0))
        {
            return 0;
        }

        var bytes = (Int128)entry.Type.Bytes();
        foreach (var axis in entry.Shape)
        {
            bytes *= axis;
            if (bytes > long.MaxValue)
            {
                return null;
            }
        }

        return (long)bytes;
    }

    private static void CheckCover(IReadOnlyList<TensorEntry> entries, long dataBytes, List<string> faults)
    {
        var (end, last) = (0L, "the header");
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            var name = $"tensor '{HeaderReader.Shown(entry.Name)}'";
            if (entry.Begin < end)
            {
                faults.Add($"{name} overlaps {last}");
            }
            else if (entry.Begin > end)
            {
                faults.Add($"{entry.Begin - end} bytes between {last} and {name} belong to no tensor");
            }

            (end, last) = (Math.Max(end, entry.End), name);
        }

        if (faults.Count == 0 && end != dataBytes)
        {
            faults.Add($"{dataBytes - end} bytes after {last} belong to no tensor");
        }
    }
}
