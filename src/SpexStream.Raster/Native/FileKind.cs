namespace SpexStream.Raster.Native;

/// <summary>What lies at a path.</summary>
internal enum FileKind
{
    /// <summary>A file with bytes of its own.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A named or anonymous pipe.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A character or block device.</summary>
    Device,

    /// <summary>Something behind a folder that this user may not look into.</summary>
    Hidden,
}
