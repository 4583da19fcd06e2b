using System.CommandLine;
using SpexStream.Daemon.Commands;
using SpexStream.Daemon.Commands.Input;

namespace SpexStream.Tests.Cli;

/// <summary>The verbs as the program has them, and command lines that they take.</summary>
internal static class Verbs
{
    private static readonly Dictionary<string, string[]> Least = new()
    {
        ["demo"] = [],
        ["run"] = [],
        ["process"] = ["a.tif", "--out", "products"],
        ["spie build"] = ["--images", "scenes", "--out", "set"],
        ["submit"] = ["a.tif", "--broker", "mqtt://localhost", "--station", "no-test"],
        ["replay"] = ["--spool", "spool", "--broker", "mqtt://localhost", "--station", "no-test"],
        ["watch"] = ["--broker", "mqtt://localhost", "--station", "no-test"],
        ["evaluate"] = ["--mask", "mask.tif", "--truth", "truth.tif"],
        ["retention"] = ["--data", "data", "--out", "products"],
        ["retract"] = ["--broker", "mqtt://localhost", "--station", "no-test"],
        ["doctor"] = [],
        ["health"] = [],
        ["status"] = [],
        ["model inspect"] = ["pack"],
        ["model verify"] = ["pack"],
        ["model bench"] = ["pack"],
        ["model import"] = ["--checkpoint", "released", "--out", "pack"],
        ["model make-tiny"] = ["--out", "pack"],
    };

    /// <summary>Every verb that does something; of a group its members.</summary>
    public static IReadOnlyCollection<Command> All { get; } = [.. CommandLine.Build().Subcommands.SelectMany(Leaves)];

    /// <summary>A verb as it is typed, with the group that it stands in.</summary>
    public static string TitleOf(Command verb) =>
        verb.Parents.OfType<Command>().SingleOrDefault(parent => parent is not RootCommand) is { } group
            ? $"{group.Name} {verb.Name}"
            : verb.Name;

    /// <summary>Every option of a verb, but for help.</summary>
    public static IEnumerable<Option> OptionsOf(Command verb) =>
        verb.Options.Where(option => !option.Name.Contains("help", StringComparison.Ordinal));

    public static IEnumerable<(string Verb, Option Option, ICheckedOption Checked)> CheckedOptions() =>
        from verb in All
        from option in OptionsOf(verb)
        where option is ICheckedOption
        select (TitleOf(verb), option, (ICheckedOption)option);

    /// <summary>A command line that is right but for one option, which is given a value.</summary>
    public static string[] With(string verb, string option, string value)
    {
        var least = Least[verb].ToList();
        if (least.IndexOf(option) is >= 0 and var place)
        {
            least.RemoveRange(place, 2);
        }

        // These two go together.
        var partner = option == "--key-file" ? "--certificate-file" : "--key-file";
        string[] other = option is "--key-file" or "--certificate-file" ? [partner, typeof(Verbs).Assembly.Location]
            : [];
        return [.. verb.Split(' '), .. least, .. other, option, value];
    }

    private static IEnumerable<Command> Leaves(Command verb) => verb.Subcommands.Count == 0 ? [verb] : verb.Subcommands;

    /// <summary>What parsing complains of.</summary>
    public static string[] Complaints(params string[] arguments) =>
        [.. CommandLine.Parse(arguments).Errors.Select(error => error.Message)];
}
