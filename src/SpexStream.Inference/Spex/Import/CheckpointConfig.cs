using System.Text.Json;
using SpexStream.Inference.Checkpoint;

namespace SpexStream.Inference.Spex.Import;

/// <summary>
/// The description of a checkpoint. Sizes of the language model stand at its root or under "llm"; those of the other
/// parts under "vision", "projector", "llamaneck" and "sam" where they are given at all.
/// </summary>
internal sealed class CheckpointConfig
{
    private readonly JsonElement _root;
    private readonly List<string> _faults = [];

    public CheckpointConfig(JsonElement root) => _root = root;

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">It is missing, or no JSON object.</exception>
    public static CheckpointConfig Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new CheckpointConfig(document.RootElement.Clone())
                : throw new CheckpointException(path, "is not a JSON object");
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"cannot be read ({fault.Message})", fault);
        }
    }

    /// <summary>A positive whole number; what is given otherwise, where there is none.</summary>
    public int Int(string part, string name, Func<int> otherwise, int most = 1 << 24)
    {
        if (Find(part, name) is not { } value)
        {
            return otherwise();
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0
            && number <= most)
        {
            return number;
        }

        _faults.Add($"'{name}' is {value.GetRawText()}, not a whole number from 1 to {most}");
        return 1;
    }

    /// <summary>A positive whole number that must be there.</summary>
    public int Required(string part, string name, int most = 1 << 24) => Int(
        part,
        name,
        () =>
        {
            _faults.Add($"'{name}' is missing");
            return 1;
        },
        most);

    /// <summary>A positive number.</summary>
    public float Number(string part, string name, float otherwise)
    {
        if (Find(part, name) is not { } value)
        {
            return otherwise;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) && number > 0
            && float.IsFinite(number))
        {
            return number;
        }

        _faults.Add($"'{name}' is {value.GetRawText()}, not a positive number");
        return otherwise;
    }

    /// <summary>Positive whole numbers.</summary>
    public int[] List(string part, string name, Func<int[]> otherwise)
    {
        if (Find(part, name) is not { } value)
        {
            return otherwise();
        }

        int[] numbers = value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(
                entry => entry.ValueKind == JsonValueKind.Number && entry.TryGetInt32(out var number) ? number : 0)]
            : [];
        if (numbers.Length == 0 || numbers.Any(number => number <= 0))
        {
            _faults.Add($"'{name}' is {value.GetRawText()}, not a list of positive whole numbers");
            return otherwise();
        }

        return numbers;
    }

    /// <summary>Yes or no.</summary>
    public bool Flag(string part, string name, bool otherwise) => Find(part, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => otherwise,
    };

    /// <summary>A token number or several.</summary>
    public int[] Tokens(string part, string name)
    {
        if (Find(part, name) is not { } value)
        {
            return [];
        }

        JsonElement[] entries = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        int[] tokens =
        [
            .. entries.Select(entry =>
                entry.ValueKind == JsonValueKind.Number && entry.TryGetInt32(out var id) ? id : -1),
        ];
        if (tokens.Any(id => id < 0))
        {
            _faults.Add($"'{name}' is {HeaderReader.Shown(value.GetRawText())}, not a token number or a list of them");
            return [];
        }

        return tokens;
    }

    // The language model's sizes stand at the root where the description is that of a language model.
    private JsonElement? Find(string part, string name)
    {
        var isApart = _root.TryGetProperty(part, out var holder) && holder.ValueKind == JsonValueKind.Object;
        if (!isApart && part != "llm")
        {
            return null;
        }

        return (isApart ? holder : _root).TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
    }
}
