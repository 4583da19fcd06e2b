using System.CommandLine;

namespace SpexStream.Daemon.Commands;

/// <summary>model: what can be done with packs.</summary>
internal static class ModelCommand
{
    public static Command Build() => new("model", "Look at model packs, try them, measure them, make them.")
    {
        new ModelInspectCommand().Build(),
        new ModelVerifyCommand().Build(),
        new ModelBenchCommand().Build(),
        new ModelImportCommand().Build(),
        new ModelMakeTinyCommand().Build(),
    };
}
