using System.Text.Json;
using System.Text.Json.Nodes;

namespace SpexStream.Benchmarks;

/// <summary>The one object that a verb prints.</summary>
internal static class Json
{
    public static void Print(params (string Name, object Value)[] fields)
    {
        var line = new JsonObject();
        foreach (var (name, value) in fields)
        {
            line[name] = JsonSerializer.SerializeToNode(value);
        }

        Console.WriteLine(line.ToJsonString());
    }
}
