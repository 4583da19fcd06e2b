using System.Collections.Immutable;

namespace SpexStream.Pipeline.Scenes;

/// <summary>Looks for files that are not there any more, on a thread of its own: a mount that is dead does not even say
/// whether a file is there.</summary>
internal static class GoneFiles
{
    /// <summary>How long is waited for the answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The indices of those that are known to be gone; none when that is not known in time.</summary>
    /// <param name="files">Files with an index each.</param>
    /// <param name="exists">Whether a file is there; may block for ever.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<ImmutableArray<int>> FindAsync(
        IEnumerable<(int Index, string Path)> files, Func<string, bool> exists, TimeProvider time,
        CancellationToken cancellation)
    {
        ImmutableArray<(int Index, string Path)> asked = [.. files];
        var search = Task.Factory.StartNew(
            () => asked.Where(file => !exists(file.Path)).Select(file => file.Index).ToImmutableArray(),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await search.WaitAsync(Patience, time, cancellation);
        }
        catch (TimeoutException)
        {
            // What is not known counts as there: the reads that follow have guards of their own.
            return [];
        }
    }
}
