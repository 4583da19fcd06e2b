using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using SpexStream.Daemon.Commands.Input;

namespace SpexStream.Daemon.Settings;

/// <summary>
/// Binds settings by name. A value of the wrong type is one mistake among the others instead of the end of the reading,
/// and so is a name in a file that no setting has.
/// </summary>
internal static class SettingsReader
{
    private static readonly PropertyInfo[] Properties = typeof(RunSettings).GetProperties();

    /// <summary>Reads; what cannot be read keeps its default and is told in <paramref name="mistakes"/>.</summary>
    public static RunSettings Read(IConfiguration configuration, ICollection<string> mistakes)
    {
        var values = configuration.AsEnumerable()
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var property in Properties)
        {
            if (values.GetValueOrDefault(property.Name) is { } text && !IsOf(property.PropertyType, text))
            {
                mistakes.Add(SettingWords.Mistake(property.Name, text));
                values.Remove(property.Name);
            }
        }

        var settings = new RunSettings();
        new ConfigurationBuilder().AddInMemoryCollection(values).Build().Bind(settings);
        return settings;
    }

    /// <summary>The names of a file that no setting has, one mistake each.</summary>
    public static IEnumerable<string> UnknownNames(IConfiguration file, string path) => file.GetChildren()
        .Where(child =>
            !Properties.Any(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)))
        .Select(child => $"{path} sets '{child.Key}', which is no setting; docs/settings.md lists them");

    private static bool IsOf(Type type, string text) =>
        type == typeof(int) ? int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        : type == typeof(double) ? Numbers.TryRead(text, out _)
        : type != typeof(bool) || bool.TryParse(text, out _);
}
