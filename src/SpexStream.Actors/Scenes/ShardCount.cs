namespace SpexStream.Actors.Scenes;

/// <summary>Shards of scenes that live on this node, as they were counted last. Safe for use from several
/// threads.</summary>
internal sealed class ShardCount
{
    private int _value;

    /// <summary>The number; 0 before the first count.</summary>
    public int Value
    {
        get => Volatile.Read(ref _value);
        set => Volatile.Write(ref _value, value);
    }
}
