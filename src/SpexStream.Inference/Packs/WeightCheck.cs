using System.Globalization;
using System.Runtime.InteropServices;
using SpexStream.Inference.Onnx;

namespace SpexStream.Inference.Packs;

/// <summary>Holds the weights of a graph against what they claim: their length, the files that they lie in, and that
/// they are numbers.</summary>
internal static class WeightCheck
{
    private const int BlockBytes = 1 << 20;
    private const int MostFaults = 8;

    /// <summary>Looks at every weight; reads those in files beside the graph block by block.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="faults">Where faults are noted.</param>
    /// <returns>Names of the files beside the graph, each once, in order.</returns>
    public static IReadOnlyCollection<string> Look(GraphProto graph, string folder, List<string> faults)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var found = new List<string>();
        foreach (var weight in graph.Initializer)
        {
            if (found.Count >= MostFaults)
            {
                found.Add("further weights were not looked at");
                break;
            }

            Look(weight, folder, files, found);
        }

        faults.AddRange(found);
        return files;
    }

    private static void Look(TensorProto weight, string folder, SortedSet<string> files, List<string> faults)
    {
        if (!TryBytes(weight, out var claimed))
        {
            faults.Add($"the weight '{weight.Name}' has an impossible shape [{string.Join(", ", weight.Dims)}]");
        }
        else if (weight.DataLocation == TensorProto.Types.DataLocation.External)
        {
            LookOutside(weight, folder, claimed, files, faults);
        }
        else if (weight.RawData.Length > 0 || claimed == 0)
        {
            CheckLength(weight, claimed, weight.RawData.Length, faults);
            CheckNumbers(weight, weight.RawData.Span, faults);
        }
        else
        {
            var elements = weight.FloatData.Count + weight.Int32Data.Count + weight.Int64Data.Count;
            CheckLength(weight, claimed,
                claimed is null ? 0 : elements * (claimed.Value / Math.Max(Elements(weight), 1)), faults);
            CheckNumbers(weight, MemoryMarshal.AsBytes<float>([.. weight.FloatData]), faults);
        }
    }

    private static void LookOutside(
        TensorProto weight, string folder, long? claimed, SortedSet<string> files, List<string> faults)
    {
        var entries = weight.ExternalData.GroupBy(entry => entry.Key)
            .ToDictionary(group => group.Key, group => group.Last().Value);
        var name = entries.GetValueOrDefault("location", string.Empty);
        if (name.Length == 0 || name != Path.GetFileName(name))
        {
            faults.Add($"the weight '{weight.Name}' lies in '{name}'; only files in the pack's own folder are read");
            return;
        }

        var file = new FileInfo(Path.Combine(folder, name));
        if (!file.Exists)
        {
            if (files.Add(name))
            {
                faults.Add($"the weight '{weight.Name}' lies in {name}, which is missing");
            }

            return;
        }

        files.Add(name);
        var offset = Number(entries, "offset") ?? 0;
        var length = Number(entries, "length") ?? claimed ?? file.Length - offset;
        if (offset < 0 || length < 0 || offset > file.Length - length)
        {
            faults.Add(
                $"the weight '{weight.Name}' claims {length} bytes at {offset} of {name}, which has {file.Length}");
            return;
        }

        CheckLength(weight, claimed, length, faults);
        ReadNumbers(weight, file.FullName, offset, length, faults);
    }

    private static void ReadNumbers(TensorProto weight, string path, long offset, long length, List<string> faults)
    {
        using var file = File.OpenHandle(path);
        var block = new byte[Math.Min(length, BlockBytes)];
        for (var done = 0L; done < length;)
        {
            var read = RandomAccess.Read(
                file, block.AsSpan(0, (int)Math.Min(block.Length, length - done)), offset + done);
            if (read == 0 || !CheckNumbers(weight, block.AsSpan(0, read), faults))
            {
                return;
            }

            done += read;
        }
    }

    private static bool CheckNumbers(TensorProto weight, ReadOnlySpan<byte> bytes, List<string> faults)
    {
        var isNumber = (ElementType)weight.DataType switch
        {
            ElementType.Float32 => !ContainsNaN(MemoryMarshal.Cast<byte, float>(bytes)),
            ElementType.Float16 => !ContainsNaN(MemoryMarshal.Cast<byte, Half>(bytes)),
            _ => true,
        };
        if (!isNumber)
        {
            faults.Add($"the weight '{weight.Name}' has values that are not numbers (NaN)");
        }

        return isNumber;
    }

    private static bool ContainsNaN(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (float.IsNaN(value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool ContainsNaN(ReadOnlySpan<Half> values)
    {
        foreach (var value in values)
        {
            if (Half.IsNaN(value))
            {
                return true;
            }
        }

        return false;
    }

    private static void CheckLength(TensorProto weight, long? claimed, long found, List<string> faults)
    {
        if (claimed is { } bytes && bytes != found)
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture,
                    $"the weight '{weight.Name}' claims {Size(bytes)} and has {Size(found)}"));
        }
    }

    private static string Size(long bytes) => bytes < 10_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0##} GB");

    private static long Elements(TensorProto weight) =>
        weight.Dims.Aggregate(1L, (product, length) => product * length);

    // Null for element types that we do not know: then only the runtime can tell.
    private static bool TryBytes(TensorProto weight, out long? bytes)
    {
        bytes = null;
        var product = (Int128)1;
        foreach (var length in weight.Dims)
        {
            product *= length;
            if (length < 0 || product > long.MaxValue / 16)
            {
                return false;
            }
        }

        if (Enum.IsDefined((ElementType)weight.DataType) && weight.DataType != 0)
        {
            bytes = (long)product * ((ElementType)weight.DataType).Bytes();
        }

        return true;
    }

    private static long? Number(Dictionary<string, string> entries, string key) =>
        entries.TryGetValue(key, out var text)
            ? long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1
            : null;
}
