using SpexStream.Inference.Packs;

namespace SpexStream.Daemon.Composition;

/// <summary>How a backend is named in options and settings.</summary>
internal static class BackendName
{
    /// <summary>The rules, without a model.</summary>
    public const string Spectral = "spectral";

    /// <summary>What is taken.</summary>
    public const string Rule = "spectral, or a folder that holds a model.json, or a link to one";

    /// <summary>Whether a text names one.</summary>
    public static bool IsValid(string? text) => text == Spectral
        || (!string.IsNullOrWhiteSpace(text) && File.Exists(Path.Combine(text, PackFiles.DescriptionName)));
}
