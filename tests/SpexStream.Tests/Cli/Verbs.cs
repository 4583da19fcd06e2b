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
        ["submit"] = ["a.tif", "--broker", "mqtt://localhost", "--station", "no-test"],
        ["replay"] = ["--spool", "spool", "--broker", "mqtt://localhost", "--station", "no-test"],
        ["watch"] = ["--broker", "mqtt://localhost", "--station", "no-test"],
        ["evaluate"] = ["--mask", "mask.tif", "--truth", "truth.tif"],
        ["retention"] = ["--data", "data", "--out", "products"],
        ["doctor"] = [],
    };

    public static IReadOnlyCollection<Command> All { get; } = [.. CommandLine.Build().Subcommands];

    /// <summary>Every option of a verb, but for help.</summary>
    public static IEnumerable<Option> OptionsOf(Command verb) =>
        verb.Options.Where(option => !option.Name.Contains("help", StringComparison.Ordinal));

    public static IEnumerable<(Command Verb, Option Option, ICheckedOption Checked)> CheckedOptions() =>
        from verb in All
        from option in OptionsOf(verb)
        where option is ICheckedOption
        select (verb, option, (ICheckedOption)option);

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
        return [verb, .. least, .. other, option, value];
    }

    /// <summary>What parsing complains of.</summary>
    public static string[] Complaints(params string[] arguments) =>
        [.. CommandLine.Parse(arguments).Errors.Select(error => error.Message)];
}
