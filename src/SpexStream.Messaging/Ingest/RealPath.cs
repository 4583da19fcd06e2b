namespace SpexStream.Messaging.Ingest;

/// <summary>Follows symbolic links, so that a link cannot lead out of an allowed folder.</summary>
public static class RealPath
{
    private const int MaxLinks = 40;

    /// <summary>The path with every link in it resolved; a part that does not exist stays as it is.</summary>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Of(string path)
    {
        var links = 0;
        var pending = new Stack<string>(
            Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var real = "/";
        while (pending.TryPop(out var part))
        {
            var next = part == ".." ? Path.GetDirectoryName(real) ?? "/" : Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new IOException($"{path}: too many symbolic links.");
            }

            real = target.StartsWith('/') ? "/" : real;
            var pieces = target.Split('/', StringSplitOptions.RemoveEmptyEntries);
            foreach (var piece in pieces.Where(piece => piece != ".").Reverse())
            {
                pending.Push(piece);
            }
        }

        return real;
    }

    /// <summary>Whether a resolved path lies in a resolved folder.</summary>
    public static bool IsInside(string real, string root) =>
        real.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal);
}
