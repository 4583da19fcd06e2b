using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>Tells a node what others write into the journal that they share.</summary>
public interface IJournalNews
{
    /// <summary>Ends when a scene has a fact behind a sequence number, whoever wrote it.</summary>
    ValueTask WaitForFactsAsync(SceneId scene, long after, CancellationToken cancellation);
}
