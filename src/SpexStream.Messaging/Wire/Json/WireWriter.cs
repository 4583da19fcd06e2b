using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SpexStream.Domain.Messages;

namespace SpexStream.Messaging.Wire.Json;

/// <summary>
/// Writes one JSON document, or the same document without its clock fields, from which an event's id is made. Values
/// that are null are left out; numbers that are not finite are written as null.
/// </summary>
internal sealed class WireWriter
{
    // Readers get JSON as JSON, never inside HTML, so only what JSON itself demands is escaped.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Ascii = new() { Encoder = JavaScriptEncoder.Default };

    private const int MostSpare = 1 << 20;

    // Messages are written many times over until they fit.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _spare;

    private readonly bool _clocks;

    private WireWriter(Utf8JsonWriter json, bool clocks) => (Json, _clocks) = (json, clocks);

    /// <summary>The writer underneath.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>The document as it is sent.</summary>
    public static byte[] Render(Action<WireWriter> write) => Render(write, Relaxed, clocks: true);

    /// <summary>The document in ASCII, for user properties.</summary>
    public static byte[] RenderAscii(Action<WireWriter> write) => Render(write, Ascii, clocks: true);

    /// <summary>What the document says, whenever it is said.</summary>
    public static byte[] RenderIdentity(Action<WireWriter> write) => Render(write, Relaxed, clocks: false);

    /// <summary>Bytes of the document as it is sent.</summary>
    public static int Measure(Action<WireWriter> write) =>
        Render(write, Relaxed, clocks: true, static text => text.Length);

    /// <summary>An object.</summary>
    public void Object(Action write)
    {
        Json.WriteStartObject();
        write();
        Json.WriteEndObject();
    }

    /// <summary>A named object.</summary>
    public void Object(string name, Action write)
    {
        Json.WritePropertyName(name);
        Object(write);
    }

    /// <summary>A named array, one element per item.</summary>
    public void Array<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        Json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        Json.WriteEndArray();
    }

    /// <summary>A named array of strings; left out when empty.</summary>
    public void Texts(string name, IReadOnlyCollection<string> values)
    {
        if (values.Count > 0)
        {
            Array(name, values, Json.WriteStringValue);
        }
    }

    /// <summary>A string; left out when null.</summary>
    public void Text(string name, string? value)
    {
        if (value is not null)
        {
            Json.WriteString(name, value);
        }
    }

    /// <summary>A whole number; left out when null.</summary>
    public void Integer(string name, long? value)
    {
        if (value is { } number)
        {
            Json.WriteNumber(name, number);
        }
    }

    /// <summary>A number rounded to a count of decimal places; left out when null.</summary>
    public void Number(string name, double? value, int places)
    {
        if (value is { } number)
        {
            Json.WritePropertyName(name);
            NumberValue(number, places);
        }
    }

    /// <summary>A number as it is; left out when null.</summary>
    public void Exact(string name, double? value)
    {
        if (value is { } number)
        {
            Json.WriteNumber(name, number);
        }
    }

    /// <summary>A number without a name.</summary>
    public void NumberValue(double value, int places)
    {
        if (!double.IsFinite(value))
        {
            Json.WriteNullValue();
            return;
        }

        // Adding zero turns -0 into 0.
        Json.WriteNumberValue(Math.Round(value, places) + 0.0);
    }

    /// <summary>A truth value; left out when null.</summary>
    public void Flag(string name, bool? value)
    {
        if (value is { } flag)
        {
            Json.WriteBoolean(name, flag);
        }
    }

    /// <summary>A time that is a fact; left out when null.</summary>
    public void Time(string name, DateTimeOffset? value) =>
        Text(name, value is { } time ? WireTime.Format(time) : null);

    /// <summary>A time that only says when the message was made; no part of its identity.</summary>
    public void Clock(string name, DateTimeOffset value)
    {
        if (_clocks)
        {
            Time(name, value);
        }
    }

    /// <summary>A duration up to the making of the message, in seconds; no part of its identity.</summary>
    public void ClockSeconds(string name, TimeSpan value)
    {
        if (_clocks)
        {
            Number(name, value.TotalSeconds, places: 3);
        }
    }

    /// <summary>Links; an empty array is written too.</summary>
    public void Links(IEnumerable<ItemLink> links) => Array("links", links, link => Object(() =>
    {
        Text("rel", link.Rel);
        Text("href", link.Href);
        Text("type", link.Type);
        Text("title", link.Title);
    }));

    private static byte[] Render(Action<WireWriter> write, JsonWriterOptions options, bool clocks) =>
        Render(write, options, clocks, static text => text.ToArray());

    private static TResult Render<TResult>(
        Action<WireWriter> write, JsonWriterOptions options, bool clocks, Func<ReadOnlySpan<byte>, TResult> read)
    {
        // Taken away meanwhile, for one document may be written while another is.
        var buffer = _spare ?? new ArrayBufferWriter<byte>(1 << 14);
        _spare = null;
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            write(new WireWriter(json, clocks));
        }

        var result = read(buffer.WrittenSpan);
        _spare = buffer.Capacity <= MostSpare ? buffer : null;
        return result;
    }
}
