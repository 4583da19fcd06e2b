namespace SpexStream.Inference.Checkpoint;

/// <summary>A checkpoint that cannot be used: its message names the file and what is wrong with it, all faults that
/// were found.</summary>
public sealed class CheckpointException : Exception
{
    private const int MostShown = 20;

    /// <summary>One fault of a file or tensor.</summary>
    public CheckpointException(string subject, string fault, Exception? inner = null)
        : base($"{subject}: {fault}", inner) => Faults = [fault];

    /// <summary>Several faults; at least one.</summary>
    public CheckpointException(string subject, IReadOnlyList<string> faults)
        : base($"{subject}: {Join(faults)}") => Faults = faults;

    /// <summary>What is wrong, one entry each, in the order of the file.</summary>
    public IReadOnlyList<string> Faults { get; }

    private static string Join(IReadOnlyList<string> faults)
    {
        var shown = string.Join("; ", faults.Take(MostShown));
        return faults.Count > MostShown ? $"{shown}; and {faults.Count - MostShown} more" : shown;
    }
}
