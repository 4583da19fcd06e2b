using System.Collections.Immutable;

namespace SpexStream.Domain.Ports.Models;

/// <summary>A model's files cannot be used: they lack something, contradict each other, or are not what they claim.</summary>
public sealed class ModelRefusedException : Exception
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="path">The pack, as it was asked for.</param>
    /// <param name="faults">Every fault that was found: where, what, and what to do. At least one.</param>
    /// <param name="inner">The cause, if another exception was.</param>
    public ModelRefusedException(string path, ImmutableArray<string> faults, Exception? inner = null)
        : base($"{path}: {string.Join("; ", faults)}", inner) => (Path, Faults) = (path, faults);

    /// <summary>The pack.</summary>
    public string Path { get; }

    /// <summary>Every fault, one sentence each.</summary>
    public ImmutableArray<string> Faults { get; }
}
