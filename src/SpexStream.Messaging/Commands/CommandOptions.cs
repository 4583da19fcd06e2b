using SpexStream.Domain.Identity;

namespace SpexStream.Messaging.Commands;

/// <summary>Who is asked, and how long.</summary>
/// <param name="Station">The station.</param>
/// <param name="Node">The node that answers.</param>
public sealed record CommandOptions(StationId Station, string Node)
{
    /// <summary>How long a scene may take to answer; a replay has no limit.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the broker may take to take an answer.</summary>
    public TimeSpan ReplyLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the broker keeps an answer for whoever asked.</summary>
    public TimeSpan ReplyExpiry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Told of each command: verb and answer.</summary>
    public Action<string, Domain.Commands.CommandAnswer>? OnCommand { get; init; }

    /// <summary>Told of an answer that could not be delivered: topic and why.</summary>
    public Action<string, string>? OnUnanswered { get; init; }
}
