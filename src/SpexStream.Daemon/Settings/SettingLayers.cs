using Microsoft.Extensions.Configuration;

namespace SpexStream.Daemon.Settings;

/// <summary>
/// Lays settings of several places over one another. A list of a later place replaces that of an earlier one as a
/// whole: a folder that only the file allows must not stay allowed beside those of the command line.
/// </summary>
internal static class SettingLayers
{
    private static readonly string[] Lists =
    [
        .. typeof(RunSettings).GetProperties().Where(property => property.PropertyType.IsArray)
            .Select(property => property.Name),
    ];

    /// <summary>Joins them.</summary>
    /// <param name="layers">The places; later ones beat earlier ones.</param>
    public static IConfiguration Join(params IReadOnlyList<IConfiguration> layers)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var layer in layers)
        {
            foreach (var list in Lists.Where(list => layer.GetSection(list).Exists()))
            {
                Remove(values, list);
            }

            foreach (var (key, value) in layer.AsEnumerable().Where(pair => pair.Value is not null))
            {
                values[key] = value;
            }
        }

        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();
    }

    private static void Remove(Dictionary<string, string?> values, string list)
    {
        foreach (var key in values.Keys.Where(key =>
            key.StartsWith(list + ConfigurationPath.KeyDelimiter, StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            values.Remove(key);
        }
    }
}
