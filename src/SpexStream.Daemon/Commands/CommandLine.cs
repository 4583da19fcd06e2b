using System.CommandLine;
using SpexStream.Domain.Announcements;

namespace SpexStream.Daemon.Commands;

/// <summary>All verbs, and how a command line is read.</summary>
internal static class CommandLine
{
    // A raster may have any name, also one that begins with '@'.
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    public static RootCommand Build() =>
        new("SpexStream: land cover from satellite scene strips, while the pass comes down.")
    {
        new DemoCommand().Build(),
        new RunCommand().Build(),
        new ProcessCommand().Build(),
        Spie.SpieCommand.Build(),
        new SubmitCommand().Build(),
        new ReplayCommand().Build(),
        new WatchCommand().Build(),
        new EvaluateCommand().Build(),
        new RetentionCommand().Build(),
        new Retract.RetractCommand().Build(),
        ModelCommand.Build(),
        new DoctorCommand().Build(),
        new HealthCommand().Build(),
        new StatusCommand().Build(),
    };

    public static ParseResult Parse(params IReadOnlyList<string> arguments) => Build().Parse(arguments, Configuration);

    /// <summary>Every mistake on a command line, each in one line.</summary>
    public static IEnumerable<string> Complaints(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.Errors.Count == 0 || command.Subcommands.Count == 0)
        {
            return parsed.Errors.Select(error => error.Message.ReplaceLineEndings(" "));
        }

        // What follows a verb that is none cannot be judged.
        var group = command is RootCommand ? "spexstream" : $"spexstream {command.Name}";
        return [parsed.UnmatchedTokens is [var word, ..]
            ? $"{Rejection.Quote(word)} is no verb; {group} --help lists them"
            : $"a verb is missing; {group} --help lists them"];
    }
}
