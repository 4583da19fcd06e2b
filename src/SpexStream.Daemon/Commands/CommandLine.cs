using System.CommandLine;

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
        ModelCommand.Build(),
        new DoctorCommand().Build(),
    };

    public static ParseResult Parse(params IReadOnlyList<string> arguments) => Build().Parse(arguments, Configuration);
}
