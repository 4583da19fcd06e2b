using System.Globalization;
using System.Text.Json;
using SpexStream.Domain.Announcements;

namespace SpexStream.Messaging.Wire.Json;

/// <summary>
/// A place in a document that may hold anything. Every method gives null for what is absent, null or wrong; what is
/// wrong, or absent although required, is reported with its path.
/// </summary>
internal readonly struct JsonField(ReadFindings findings, JsonElement element, string path)
{
    /// <summary>Path for error messages, such as <c>properties["spex:tier"]</c>.</summary>
    public string Path { get; } = path;

    /// <summary>Whether there is anything but null.</summary>
    public bool Exists => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => element.ValueKind == JsonValueKind.Array;

    /// <summary>The member of a name; does not exist where this is no object.</summary>
    public JsonField Member(string name)
    {
        var child = default(JsonElement);
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found))
        {
            child = found;
        }

        return new(findings, child, Join(name));
    }

    /// <summary>Names of the members; none where this is no object.</summary>
    public IEnumerable<string> Names =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(member => member.Name) : [];

    /// <summary>This member, reported as missing where it does not exist.</summary>
    public JsonField Required(string remedy)
    {
        if (!Exists)
        {
            findings.Refuse(RejectionReason.MissingField, Path, "is missing", remedy);
        }

        return this;
    }

    /// <summary>This member, reported where it exists and is no object.</summary>
    public JsonField AsObject()
    {
        if (Exists && element.ValueKind != JsonValueKind.Object)
        {
            Refuse($"is {Kind}, not an object", "give a JSON object");
        }

        return this;
    }

    /// <summary>A string of 1 to <paramref name="maxLength"/> characters.</summary>
    public string? Text(int maxLength)
    {
        if (!Exists)
        {
            return null;
        }

        if (element.ValueKind != JsonValueKind.String)
        {
            Refuse($"is {Kind}, not a string", "put the value in quotes");
            return null;
        }

        var text = element.GetString()!;
        if (text.Length > 0 && text.Length <= maxLength)
        {
            return text;
        }

        Refuse($"has {text.Length} characters", $"use 1 to {maxLength}");
        return null;
    }

    /// <summary>A whole number in a range; 5.0 is one too.</summary>
    public long? Integer(long min, long max)
    {
        if (!Exists)
        {
            return null;
        }

        var rule = string.Create(CultureInfo.InvariantCulture, $"use a whole number from {min} to {max}");
        if (element.ValueKind != JsonValueKind.Number)
        {
            Refuse($"is {Kind}, not a number", rule);
            return null;
        }

        if (!element.TryGetInt64(out var value))
        {
            // Beyond 2^53 a double may be another number than the one that was sent.
            if (!element.TryGetDouble(out var real) || Math.Abs(real) > 1L << 53 || real != Math.Truncate(real))
            {
                Refuse("is no whole number in range", rule);
                return null;
            }

            value = (long)real;
        }

        if (value >= min && value <= max)
        {
            return value;
        }

        Refuse(string.Create(CultureInfo.InvariantCulture, $"is {value}"), rule);
        return null;
    }

    /// <summary>A finite number.</summary>
    public double? Number()
    {
        if (!Exists)
        {
            return null;
        }

        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value) && double.IsFinite(value))
        {
            return value;
        }

        Refuse($"is {Kind}, not a finite number", "use a JSON number");
        return null;
    }

    /// <summary>A nodata value: a number, or one of the words "nan", "inf" and "-inf" (STAC 1.1).</summary>
    public double? Nodata() => element.ValueKind != JsonValueKind.String ? Number() : Text(maxLength: 8) switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => Refuse<double?>("is an unknown word", "use a JSON number, \"nan\", \"inf\" or \"-inf\""),
    };

    /// <summary>A truth value.</summary>
    public bool? Flag() => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        _ => Refuse<bool?>($"is {Kind}, not a truth value", "use true or false"),
    };

    /// <summary>A time by <see cref="WireTime"/>.</summary>
    public DateTimeOffset? Time()
    {
        if (Text(maxLength: 40) is not { } text)
        {
            return null;
        }

        return WireTime.TryParse(text, out var time)
            ? time
            : Refuse<DateTimeOffset?>($"is {Rejection.Quote(text)}", $"use {WireTime.Rule}");
    }

    /// <summary>The elements of an array of at most <paramref name="max"/>; none where there is no array.</summary>
    public IReadOnlyList<JsonField> Items(int max)
    {
        if (!Exists)
        {
            return [];
        }

        if (!IsArray)
        {
            Refuse($"is {Kind}, not an array", "give a JSON array");
            return [];
        }

        if (element.GetArrayLength() > max)
        {
            findings.Refuse(
                RejectionReason.TooLarge, Path, $"has {element.GetArrayLength()} elements", $"give at most {max}");
            return [];
        }

        var (items, at, log) = (new List<JsonField>(element.GetArrayLength()), Path, findings);
        foreach (var item in element.EnumerateArray())
        {
            items.Add(new(log, item, $"{at}[{items.Count}]"));
        }

        return items;
    }

    /// <summary>Reports that the value here is wrong.</summary>
    public void Refuse(string what, string remedy) => findings.Refuse(RejectionReason.BadField, Path, what, remedy);

    /// <summary>Reports that the value here is wrong, and gives null.</summary>
    public T? Refuse<T>(string what, string remedy)
    {
        Refuse(what, remedy);
        return default;
    }

    private string Kind => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Undefined or JsonValueKind.Null => "missing",
        _ => "a truth value",
    };

    private string Join(string name)
    {
        var plain = name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        return !plain ? $"{Path}[\"{name}\"]" : Path.Length == 0 ? name : $"{Path}.{name}";
    }
}
