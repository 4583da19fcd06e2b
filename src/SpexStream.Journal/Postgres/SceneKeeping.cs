namespace SpexStream.Journal.Postgres;

/// <summary>How the nodes of a shared journal know whose a scene is. The numbers are keys of locks in the database, and
/// stay.</summary>
public enum SceneKeeping
{
    /// <summary>By a lease in the journal: nodes of the in-process runtime.</summary>
    ByLease = 2,

    /// <summary>By the shard that it falls into: nodes of Akka.NET.</summary>
    ByShard = 3,
}
