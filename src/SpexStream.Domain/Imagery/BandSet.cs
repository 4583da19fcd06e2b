using System.Collections.Immutable;

namespace SpexStream.Domain.Imagery;

/// <summary>The bands of a raster in file order: their given names and what each of them measures.</summary>
public sealed class BandSet
{
    private readonly ImmutableArray<BandRole> _roles;

    /// <summary>Creates the set from names in file order; any name is accepted, case does not matter.</summary>
    /// <exception cref="ArgumentException">A usable role stands twice, or there is no name.</exception>
    public BandSet(IEnumerable<string> names)
    {
        Names = [.. names];
        _roles = [.. Names.Select(RoleOf)];
        if (Names.IsEmpty)
        {
            throw new ArgumentException("A raster has at least one band.", nameof(names));
        }

        var twice = _roles.Where(role => role != BandRole.Other).GroupBy(role => role)
            .FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException($"Band '{NameOf(twice.Key)}' is named {twice.Count()} times.", nameof(names));
        }
    }

    /// <summary>Names as given, in file order.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Number of bands in the file.</summary>
    public int Count => Names.Length;

    /// <summary>Bands that some rule can use.</summary>
    public int UsableCount => _roles.Count(role => role != BandRole.Other);

    /// <summary>0-based place of a band in the file, -1 when it is missing.</summary>
    public int IndexOf(BandRole role) => role == BandRole.Other ? -1 : _roles.IndexOf(role);

    /// <summary>Whether the file has this band.</summary>
    public bool Has(BandRole role) => IndexOf(role) >= 0;

    /// <summary>The role at a place in the file.</summary>
    public BandRole this[int index] => _roles[index];

    /// <summary>The role that a common name stands for; <see cref="BandRole.Other"/> for unknown names.</summary>
    public static BandRole RoleOf(string name) => name.Trim().ToLowerInvariant() switch
    {
        "coastal" => BandRole.Coastal,
        "blue" => BandRole.Blue,
        "green" => BandRole.Green,
        "red" => BandRole.Red,
        "nir" => BandRole.Nir,
        "cirrus" => BandRole.Cirrus,
        "swir16" => BandRole.Swir16,
        "swir22" => BandRole.Swir22,
        _ => BandRole.Other,
    };

    /// <summary>The common name of a role.</summary>
    public static string NameOf(BandRole role) => role.ToString().ToLowerInvariant();

    /// <inheritdoc/>
    public override string ToString() => string.Join(',', Names);
}
