namespace SpexStream.Inference.Spex.Network;

/// <summary>Values inside a network that someone wants to look at, by names of their own.</summary>
/// <param name="wanted">Those names; what is offered under another one is left alone.</param>
internal sealed class NetworkTrace(IReadOnlySet<string> wanted)
{
    private readonly Dictionary<string, string> _found = new(StringComparer.Ordinal);

    /// <summary>Values of the graph by the names they are wanted under.</summary>
    public IReadOnlyDictionary<string, string> Found => _found;

    /// <summary>True when a value of that name is wanted.</summary>
    public bool Wants(string name) => wanted.Contains(name);

    /// <summary>Offers a value.</summary>
    public void Offer(string name, string value)
    {
        if (wanted.Contains(name))
        {
            _found.TryAdd(name, value);
        }
    }
}
