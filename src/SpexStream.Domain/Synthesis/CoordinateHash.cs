namespace SpexStream.Domain.Synthesis;

/// <summary>Integer mixing: the same place and seed give the same bits, whatever was computed before.</summary>
internal static class CoordinateHash
{
    /// <summary>32 well mixed bits of a lattice point.</summary>
    public static uint Of(uint seed, int x, int y)
    {
        var hash = seed ^ ((uint)x * 0x9E3779B1u);
        hash = (hash ^ (hash >> 15)) * 0x85EBCA77u;
        hash ^= (uint)y * 0xC2B2AE3Du;
        hash = (hash ^ (hash >> 13)) * 0x27D4EB2Fu;
        return hash ^ (hash >> 16);
    }

    /// <summary>Another 32 bits from bits that are already mixed.</summary>
    public static uint Next(uint hash, uint salt)
    {
        hash = (hash ^ (salt * 0x9E3779B1u)) * 0x7FEB352Du;
        hash = (hash ^ (hash >> 15)) * 0x846CA68Bu;
        return hash ^ (hash >> 16);
    }

    /// <summary>The upper 24 bits as a number in [0, 1).</summary>
    public static float Unit(uint hash) => (hash >> 8) * (1f / 16777216f);

    /// <summary>A number in [0, 1) from mixed bits and a salt.</summary>
    public static float Unit(uint hash, uint salt) => Unit(Next(hash, salt));
}
