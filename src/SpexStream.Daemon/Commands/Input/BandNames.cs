using System.CommandLine;
using SpexStream.Domain.Announcements;
using SpexStream.Domain.Imagery;

namespace SpexStream.Daemon.Commands.Input;

/// <summary>The option that names the bands of a raster.</summary>
internal static class BandNames
{
    private const int LongestName = 64;

    public static CheckedOption<string[]?> Option() => new(
        "--bands",
        "Band names in file order, comma separated; names that are not known are carried and unused",
        $"at most {AnnouncementLimits.Default.MaxBands} names, two or more of coastal, blue, green, red, nir, cirrus, "
            + "swir16, swir22, each once",
        "the file's descriptions",
        (text, out names) =>
        {
            names = text.Split(',', StringSplitOptions.TrimEntries);
            var known = names.Where(name => BandSet.RoleOf(name) != BandRole.Other).Select(BandSet.RoleOf).ToArray();
            return names.Length <= AnnouncementLimits.Default.MaxBands
                && names.All(name => name.Length is > 0 and <= LongestName)
                && known.Length >= AnnouncementRules.MinUsableBands && known.Distinct().Count() == known.Length;
        });
}
