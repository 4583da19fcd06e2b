namespace SpexStream.Domain.Alerts.Life;

/// <summary>An earlier message of an alert. The sender is the station, as for all.</summary>
/// <param name="Identifier">Its identifier.</param>
/// <param name="Sent">When it was decided.</param>
public readonly record struct AlertReference(string Identifier, DateTimeOffset Sent);
