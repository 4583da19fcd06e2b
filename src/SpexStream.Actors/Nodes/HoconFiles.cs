using Akka.Configuration;

namespace SpexStream.Actors.Nodes;

/// <summary>The configuration files beside the program: what only Akka reads. Everything else is a setting.</summary>
internal static class HoconFiles
{
    /// <summary>What holds for every node.</summary>
    public const string Common = "akka.conf";

    /// <summary>What holds for one of several nodes.</summary>
    public const string Cluster = "cluster.conf";

    /// <summary>What holds for a node that is alone.</summary>
    public const string SingleNode = "single-node.conf";

    /// <summary>The files of a node, the more special first.</summary>
    public static Config Of(NodeOptions node) =>
        Read(node.IsAlone ? SingleNode : Cluster).WithFallback(Read(Common));

    /// <summary>One file.</summary>
    /// <exception cref="FileNotFoundException">It was not installed with the program.</exception>
    public static Config Read(string name) => ConfigurationFactory.ParseString(File.ReadAllText(PathOf(name)));

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "hocon", name);
}
