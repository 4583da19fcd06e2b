namespace SpexStream.Daemon.Status;

/// <summary>An open alert, as operators see it.</summary>
/// <param name="Id">Its id on all topics.</param>
/// <param name="Class">Slug of the class.</param>
/// <param name="Severity">Slug of the severity.</param>
/// <param name="Area">Id of the area of interest.</param>
/// <param name="Phase">Where it stands: provisional, confirmed ...</param>
/// <param name="Headline">One line for people; may hold anything that a file of areas holds.</param>
/// <param name="Since">When the first pass that saw it was sensed, UTC.</param>
internal sealed record AlertLine(
    string Id, string Class, string Severity, string Area, string Phase, string Headline, DateTimeOffset Since);
