namespace SpexStream.Domain.Models;

/// <summary>A version of a model that is open on the devices.</summary>
/// <param name="Stamp">How its pack looked when it was loaded.</param>
/// <param name="Leases">Scenes that work with it.</param>
/// <param name="IsClosing">Whether it is being taken down; no scene gets it any more.</param>
public sealed record OpenModel(string Stamp, int Leases = 0, bool IsClosing = false);
