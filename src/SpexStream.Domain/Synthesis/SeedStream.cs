namespace SpexStream.Domain.Synthesis;

/// <summary>A stream of numbers from a seed (SplitMix64, Steele, Lea and Flood 2014), the same on every
/// platform.</summary>
internal sealed class SeedStream(ulong seed)
{
    private ulong _state = seed;

    /// <summary>32 bits, for example as the seed of a noise.</summary>
    public uint Bits()
    {
        _state += 0x9E3779B97F4A7C15ul;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9ul;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBul;
        return (uint)((mixed ^ (mixed >> 31)) >> 32);
    }

    /// <summary>A number in [0, 1).</summary>
    public float Unit() => CoordinateHash.Unit(Bits());

    /// <summary>A number in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public float Between(float from, float to) => from + ((to - from) * Unit());
}
