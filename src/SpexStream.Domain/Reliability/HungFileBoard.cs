namespace SpexStream.Domain.Reliability;

/// <summary>The <see cref="HungFiles"/> of now, shared by threads. Safe for use from several threads.</summary>
public sealed class HungFileBoard
{
    private HungFiles _files = HungFiles.None;

    /// <summary>Calls that are out.</summary>
    public int Count => Volatile.Read(ref _files).Count;

    /// <summary>Whether a call on a file would most likely not come back.</summary>
    public bool Holds(string path) => Volatile.Read(ref _files).Holds(path);

    /// <summary>A call on a file does not come back.</summary>
    public void Add(string path) => Change(files => files.With(path));

    /// <summary>A call on a file came back after all.</summary>
    public void Remove(string path) => Change(files => files.Without(path));

    private void Change(Func<HungFiles, HungFiles> change)
    {
        HungFiles before;
        do
        {
            before = Volatile.Read(ref _files);
        }
        while (Interlocked.CompareExchange(ref _files, change(before), before) != before);
    }
}
