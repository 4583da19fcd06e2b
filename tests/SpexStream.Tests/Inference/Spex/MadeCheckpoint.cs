using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;

namespace SpexStream.Tests.Inference.Spex;

/// <summary>Safetensors that a test changes before they are written.</summary>
internal sealed class MadeCheckpoint
{
    private readonly SortedDictionary<string, (string Type, long[] Shape, byte[] Bytes)> _tensors = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>The tensors of a file, those of a prefix without it.</summary>
    public static MadeCheckpoint Read(string path, string prefix = "")
    {
        var content = File.ReadAllBytes(path);
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(content);
        var header = JsonNode.Parse(content.AsSpan(8, length))!.AsObject();
        var made = new MadeCheckpoint();
        foreach (var (name, entry) in header.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            if (name != "__metadata__")
            {
                var place = entry!["data_offsets"]!.AsArray();
                var (begin, end) = ((int)place[0]!, (int)place[1]!);
                made._tensors[name[prefix.Length..]] = (
                    (string)entry["dtype"]!,
                    [.. entry["shape"]!.AsArray().Select(axis => (long)axis!)],
                    content.AsSpan(8 + length + begin, end - begin).ToArray());
            }
        }

        return made;
    }

    public void Remove(string name) => _tensors.Remove(name);

    public void Set(string name, long[] shape, params float[] values) =>
        _tensors[name] = ("F32", shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>Changes the numbers of a tensor.</summary>
    public void Change(string name, Func<float, float> change)
    {
        var (type, shape, bytes) = _tensors[name];
        foreach (ref var value in MemoryMarshal.Cast<byte, float>(bytes.AsSpan()))
        {
            value = change(value);
        }

        _tensors[name] = (type, shape, bytes);
    }

    /// <summary>Rounds every tensor to BF16.</summary>
    public void Shorten()
    {
        foreach (var (name, (_, shape, bytes)) in _tensors.ToArray())
        {
            var halves = MemoryMarshal.Cast<byte, uint>(bytes).ToArray().Select(bits => (ushort)(bits >> 16)).ToArray();
            _tensors[name] = ("BF16", shape, MemoryMarshal.AsBytes(halves.AsSpan()).ToArray());
        }
    }

    public void Write(string path)
    {
        var header = new JsonObject();
        long offset = 0;
        foreach (var (name, (type, shape, bytes)) in _tensors)
        {
            header[name] = new JsonObject
            {
                ["dtype"] = type,
                ["shape"] = new JsonArray([.. shape.Select(axis => JsonValue.Create(axis))]),
                ["data_offsets"] = new JsonArray(offset, offset + bytes.Length),
            };
            offset += bytes.Length;
        }

        var text = Encoding.UTF8.GetBytes(header.ToJsonString());
        using var file = File.Create(path);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        file.Write(length);
        file.Write(text);
        foreach (var (_, _, bytes) in _tensors.Values)
        {
            file.Write(bytes);
        }
    }
}
