using SpexStream.Domain.Ports.Journal;
using SpexStream.Pipeline.Retention;

namespace SpexStream.Pipeline.Leases;

/// <summary>A scene whose lease this node keeps as long as somebody uses it.</summary>
/// <param name="writer">Writes under the lease.</param>
/// <param name="use">Keeps the lease from being given back.</param>
internal sealed class BorrowedScene(ISceneWriter writer, IDisposable use) : ISceneHold
{
    /// <inheritdoc/>
    public ISceneWriter Writer => writer;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        use.Dispose();
        return ValueTask.CompletedTask;
    }
}
