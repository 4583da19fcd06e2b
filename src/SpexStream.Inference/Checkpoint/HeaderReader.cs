using System.Collections.Immutable;
using System.Text.Json;

namespace SpexStream.Inference.Checkpoint;

/// <summary>Reads the JSON header of a safetensors file, and gathers what is wrong with it.</summary>
internal static class HeaderReader
{
    private const int MaxRank = 16;

    // Metadata are free text; a damaged file must not fill the memory with faults.
    private const int MaxFaults = 1000;

    /// <summary>Entries in the order of the header; faults are appended to <paramref name="faults"/>.</summary>
    public static List<TensorEntry> Read(ReadOnlySpan<byte> json, List<string> faults)
    {
        var entries = new List<TensorEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                faults.Add("the header is not a JSON object");
                return entries;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && faults.Count < MaxFaults)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (!names.Add(name))
                {
                    faults.Add($"tensor '{Shown(name)}' is there twice");
                    reader.Skip();
                }
                else if (name == "__metadata__")
                {
                    reader.Skip();
                }
                else if (ReadEntry(ref reader, name, faults) is { } entry)
                {
                    entries.Add(entry);
                }
            }

            while (reader.Read())
            {
                // Nothing but spaces may follow; anything else throws.
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name or text that is not UTF-8.
            faults.Add($"the header is not JSON ({fault.Message.TrimEnd('.')})");
        }

        return entries;
    }

    /// <summary>A name fit for a message.</summary>
    public static string Shown(string name) => string.Concat(
        (name.Length > 120 ? name[..120] + "..." : name).Select(letter => char.IsControl(letter) ? '?' : letter));

    private static TensorEntry? ReadEntry(ref Utf8JsonReader reader, string name, List<string> faults)
    {
        var shown = Shown(name);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            faults.Add($"tensor '{shown}' is not described by an object");
            reader.Skip();
            return null;
        }

        var before = faults.Count;
        string? type = null;
        ImmutableArray<long>? shape = null, offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.GetString()!;
            reader.Read();
            var isRepeated = field switch
            {
                "dtype" => type is not null,
                "shape" => shape is not null,
                "data_offsets" => offsets is not null,
                _ => false,
            };
            if (isRepeated)
            {
                faults.Add($"tensor '{shown}' has {field} twice");
            }

            switch (field)
            {
                case "dtype" when reader.TokenType == JsonTokenType.String:
                    type = reader.GetString();
                    break;
                case "shape":
                    shape = ReadNumbers(ref reader);
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(ref reader);
                    break;
                default:
                    faults.Add($"tensor '{shown}' has a field '{Shown(field)}' that cannot be understood");
                    reader.Skip();
                    break;
            }
        }

        return faults.Count > before ? null : Entry(name, type, shape, offsets, faults);
    }

    private static TensorEntry? Entry(
        string name, string? type, ImmutableArray<long>? shape, ImmutableArray<long>? offsets, List<string> faults)
    {
        var before = faults.Count;
        var known = type is null ? null : TensorTypes.Find(type);
        if (known is null)
        {
            faults.Add(type is null
                ? $"tensor '{Shown(name)}' has no dtype"
                : $"tensor '{Shown(name)}' has dtype '{Shown(type)}', which is none of F32, F16, BF16, I64, U8");
        }

        if (shape is not { IsDefault: false } axes || axes.Length > MaxRank)
        {
            faults.Add($"tensor '{Shown(name)}' has no shape of up to {MaxRank} whole numbers");
        }

        if (offsets is not { IsDefault: false, Length: 2 } range)
        {
            faults.Add($"tensor '{Shown(name)}' has no pair of data_offsets");
        }

        return faults.Count > before
            ? null
            : new(name, known!.Value, shape!.Value, offsets!.Value[0], offsets.Value[1]);
    }

    /// <summary>Whole numbers of zero or more; default when the value is something else.</summary>
    private static ImmutableArray<long> ReadNumbers(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return default;
        }

        var numbers = ImmutableArray.CreateBuilder<long>();
        var isSound = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var isNumber = reader.TokenType == JsonTokenType.Number;
            if (isNumber && reader.TryGetInt64(out var number) && number >= 0 && numbers.Count <= MaxRank)
            {
                numbers.Add(number);
            }
            else
            {
                isSound = false;
                reader.Skip();
            }
        }

        return isSound ? numbers.ToImmutable() : default;
    }
}
