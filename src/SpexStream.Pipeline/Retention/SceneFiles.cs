namespace SpexStream.Pipeline.Retention;

/// <summary>What lies there of one scene.</summary>
internal sealed class SceneFiles
{
    public List<(string Path, int Revision, long Epoch)> Products { get; } = [];

    public List<string> Spooled { get; } = [];

    public string? Work { get; set; }
}
