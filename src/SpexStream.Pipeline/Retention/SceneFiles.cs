namespace SpexStream.Pipeline.Retention;

/// <summary>What lies there of one scene.</summary>
internal sealed class SceneFiles
{
    public List<(string Path, int Revision, long Epoch)> Products { get; } = [];

    /// <summary>Name of the folder of the newest one; null when there is none.</summary>
    public string? NewestProduct => Path.GetFileName(
        Products.OrderBy(product => (product.Revision, product.Epoch)).LastOrDefault().Path);

    public List<string> Spooled { get; } = [];

    public string? Work { get; set; }
}
