using System.Globalization;
using SpexStream.Domain.Alerts.Rules;
using YamlDotNet.RepresentationModel;

namespace SpexStream.Messaging.Rules;

/// <summary>
/// A place in a YAML document that may hold anything, or nothing. What is wrong is added to the faults, with line and
/// path; values that are wrong read as null.
/// </summary>
internal sealed class YamlPlace(string file, string path, YamlNode? node, List<RuleFault> faults)
{
    private const int MaxItems = 100_000;
    private readonly YamlNode? _node = node
        is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "" or "~" or "null" }
        ? null : node;

    /// <summary>Whether there is anything but null.</summary>
    public bool Exists => _node is not null;

    /// <summary>Whether it has keys.</summary>
    public bool IsMapping => _node is YamlMappingNode;

    /// <summary>File, line and path.</summary>
    public string Where => node is null ? $"{file} {path}" : $"{RulesFile.Place(file, node.Start)} {path}".TrimEnd();

    /// <summary>Whether it is that text.</summary>
    public bool IsText(string text) => _node is YamlScalarNode scalar && scalar.Value == text;

    /// <summary>Adds a fault for each key that nobody reads.</summary>
    public void AllowOnly(string[] keys)
    {
        if (_node is not YamlMappingNode)
        {
            Fault($"is {Kind}, not a mapping", $"write keys: {string.Join(", ", keys)}");
            return;
        }

        foreach (var name in Names().Where(name => !keys.Contains(name)))
        {
            Member(name).Fault("is not known", $"use {string.Join(", ", keys)}");
        }
    }

    /// <summary>The keys; none where this is no mapping.</summary>
    public IEnumerable<string> Names() => _node is YamlMappingNode mapping
        ? mapping.Children.Keys.Select(key => (key as YamlScalarNode)?.Value ?? key.ToString()) : [];

    /// <summary>The value of a key.</summary>
    public YamlPlace Member(string name)
    {
        var child = default(YamlNode);
        if (_node is YamlMappingNode mapping)
        {
            mapping.Children.TryGetValue(new YamlScalarNode(name), out child);
        }

        return new(file, path.Length == 0 ? name : $"{path}.{name}", child, faults);
    }

    /// <summary>This place, with a fault where there is nothing.</summary>
    public YamlPlace Required()
    {
        if (!Exists)
        {
            Fault("is missing", "give it");
        }

        return this;
    }

    /// <summary>The elements of a list; none where there is no list.</summary>
    public IReadOnlyList<YamlPlace> Items()
    {
        if (_node is not YamlSequenceNode list)
        {
            if (Exists)
            {
                Fault($"is {Kind}, not a list", "write a list");
            }

            return [];
        }

        if (list.Children.Count > MaxItems)
        {
            Fault($"has {list.Children.Count} entries", $"use at most {MaxItems}");
            return [];
        }

        return [.. list.Children.Select((child, i) => new YamlPlace(file, $"{path}[{i}]", child, faults))];
    }

    /// <summary>A text.</summary>
    public string? Text()
    {
        if (!Exists || _node is YamlScalarNode)
        {
            return (_node as YamlScalarNode)?.Value;
        }

        Fault($"is {Kind}, not a text", "write one value");
        return null;
    }

    /// <summary>A finite number.</summary>
    public double? Number()
    {
        if (Text() is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value))
        {
            return value;
        }

        Fault($"is '{text}', not a number", "write a number, with a point");
        return null;
    }

    /// <summary>Adds a fault at this place.</summary>
    public void Fault(string what, string remedy) => faults.Add(new(Where, what, remedy));

    private string Kind => _node switch
    {
        YamlMappingNode => "a mapping",
        YamlSequenceNode => "a list",
        null => "missing",
        _ => "a single value",
    };
}
