using System.Text.Json;

namespace SpexStream.Inference.Packs;

/// <summary>
/// A place in a description. Asking it for a value that is missing or of another kind notes a fault, with the place,
/// and
/// gives something harmless, so that one reading finds all faults.
/// </summary>
internal sealed class PackField
{
    private readonly JsonElement? _value;
    private readonly string _path;
    private readonly List<string> _faults;

    public PackField(JsonElement? value, string path, List<string> faults) =>
        (_value, _path, _faults) = (value, path, faults);

    /// <summary>Whether nothing, or null, stands here.</summary>
    public bool IsMissing => _value is null or { ValueKind: JsonValueKind.Null };

    public bool IsText => _value is { ValueKind: JsonValueKind.String };

    public bool IsList => _value is { ValueKind: JsonValueKind.Array };

    public PackField this[string name] => new(
        _value is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var member)
            ? member
            : null,
        _path.Length == 0 ? name : $"{_path}.{name}", _faults);

    public void Fault(string what) => _faults.Add($"{_path} {what}");

    /// <summary>The members whose names begin with our prefix must be known: a misspelt one would change
    /// nothing.</summary>
    public void OnlyKnows(params ReadOnlySpan<string> ours)
    {
        if (_value is not { ValueKind: JsonValueKind.Object } value)
        {
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (member.Name.StartsWith("spex:", StringComparison.Ordinal) && !ours.Contains(member.Name))
            {
                this[member.Name].Fault($"is unknown; known here: {string.Join(", ", ours.ToArray())}");
            }
        }
    }

    public string Text()
    {
        if (IsText && _value!.Value.GetString() is { Length: > 0 } text && !text.Any(char.IsControl))
        {
            return text;
        }

        Fault(IsMissing ? "is missing; give a text" : "must be a text");
        return string.Empty;
    }

    /// <summary>One of few words.</summary>
    public string Word(string? otherwise, params ReadOnlySpan<string> words)
    {
        if (IsMissing && otherwise is not null)
        {
            return otherwise;
        }

        if (IsText && words.Contains(_value!.Value.GetString()!))
        {
            return _value!.Value.GetString()!;
        }

        Fault($"{Shown()}; it takes {string.Join(" or ", words.ToArray())}");
        return otherwise ?? words[0];
    }

    public double Number(double? otherwise = null, Func<double, bool>? isValid = null, string takes = "a number")
    {
        if (IsMissing && otherwise is { } value)
        {
            return value;
        }

        if (_value is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var read)
            && double.IsFinite(read)
            && isValid?.Invoke(read) != false)
        {
            return read;
        }

        Fault($"{Shown()}; it takes {takes}");
        return otherwise ?? 1;
    }

    public int Whole(int? otherwise, int from, int to)
    {
        var takes = $"a whole number from {from} to {to}";
        return (int)Number(otherwise, value => value == Math.Floor(value) && value >= from && value <= to, takes);
    }

    public bool Flag(bool otherwise)
    {
        if (!IsMissing && _value!.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fault($"{Shown()}; it takes true or false");
        }

        return IsMissing ? otherwise : _value!.Value.ValueKind == JsonValueKind.True;
    }

    /// <summary>The elements of a list; a fault and none where it is none, or has too few or too many.</summary>
    public IReadOnlyList<PackField> List(int from, int to, string takes)
    {
        if (!IsList || _value!.Value.GetArrayLength() < from || _value.Value.GetArrayLength() > to)
        {
            Fault($"{Shown()}; it takes {takes}");
            return [];
        }

        return [.. _value.Value.EnumerateArray().Select(
            (element, index) => new PackField(element, $"{_path}[{index}]", _faults))];
    }

    private string Shown()
    {
        const int Longest = 40;
        if (IsMissing)
        {
            return "is missing";
        }

        var text = _value!.Value.GetRawText().ReplaceLineEndings(" ");
        return $"is {(text.Length > Longest ? text[..Longest] + "..." : text)}";
    }
}
