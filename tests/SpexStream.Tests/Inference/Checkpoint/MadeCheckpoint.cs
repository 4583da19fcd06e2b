using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace SpexStream.Tests.Inference.Checkpoint;

/// <summary>Writes small safetensors files, sound ones and wrong ones.</summary>
internal static class MadeCheckpoint
{
    /// <summary>A header as it is given, and the data behind it.</summary>
    public static byte[] File(string header, ReadOnlySpan<byte> data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + json.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        data.CopyTo(file.AsSpan(8 + json.Length));
        return file;
    }

    /// <summary>A sound file of the given tensors, one after the other.</summary>
    public static byte[] File(params (string Name, string Type, long[] Shape, byte[] Data)[] tensors)
    {
        var header = new JsonObject { ["__metadata__"] = new JsonObject { ["format"] = "pt" } };
        var data = new List<byte>();
        foreach (var tensor in tensors)
        {
            header[tensor.Name] = new JsonObject
            {
                ["dtype"] = tensor.Type,
                ["shape"] = new JsonArray([.. tensor.Shape.Select(axis => (JsonNode)axis)]),
                ["data_offsets"] = new JsonArray(data.Count, data.Count + tensor.Data.Length),
            };
            data.AddRange(tensor.Data);
        }

        return File(header.ToJsonString().PadRight(8), data.ToArray());
    }

    public static byte[] Bytes<T>(params T[] values) where T : unmanaged =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(values).ToArray();
}
