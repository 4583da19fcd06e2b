namespace SpexStream.IntegrationTests.Journal;

/// <summary>A folder for one test; removed with all that is in it.</summary>
internal sealed class TemporaryPlace : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("spex-journal-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
