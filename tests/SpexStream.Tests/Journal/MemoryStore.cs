using SpexStream.Domain.Identity;
using SpexStream.Domain.Journal;
using SpexStream.Domain.Ports.Journal;

namespace SpexStream.Tests.Journal;

/// <summary>What a <see cref="MemoryJournal"/> leaves behind for the next one that opens it.</summary>
internal sealed class MemoryStore
{
    public Lock Lock { get; } = new();

    public SortedDictionary<string, MemoryScene> Scenes { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<long, OutboxEntry> Outbox { get; } = [];

    /// <summary>Runs by number; whether they said that they end.</summary>
    public SortedDictionary<long, bool> Runs { get; } = [];

    public long LastEpoch { get; set; }

    public long LastKey { get; set; }

    internal sealed class MemoryScene(SceneListing listing)
    {
        public SceneListing Listing { get; set; } = listing;

        public List<RecordedFact> Facts { get; } = [];

        /// <summary>What was said under each event id.</summary>
        public Dictionary<string, string> Said { get; } = [];
    }

    public MemoryScene? Find(SceneId scene) => Scenes.GetValueOrDefault(scene.Value);
}
