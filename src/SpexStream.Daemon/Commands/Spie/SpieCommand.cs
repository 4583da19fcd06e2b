using System.CommandLine;

namespace SpexStream.Daemon.Commands.Spie;

/// <summary>spie: what can be done with training sets of SPEX.</summary>
internal static class SpieCommand
{
    public static Command Build() =>
        new("spie", "Make training sets for SPEX from scenes.") { new SpieBuildCommand().Build() };
}
