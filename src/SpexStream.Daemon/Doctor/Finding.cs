namespace SpexStream.Daemon.Doctor;

/// <summary>How bad it is.</summary>
internal enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, but look at it.</summary>
    Warning,

    /// <summary>Will not work.</summary>
    Error,
}

/// <summary>One thing that was looked at.</summary>
internal sealed record Finding(FindingLevel Level, string Subject, string Text, string? Remedy = null);
