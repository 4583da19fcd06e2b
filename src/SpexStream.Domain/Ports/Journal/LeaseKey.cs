using SpexStream.Domain.Identity;

namespace SpexStream.Domain.Ports.Journal;

/// <summary>What one node at a time may own: a scene, or a role among the nodes (sending the outbox, the catch-up
/// session).</summary>
public readonly record struct LeaseKey
{
    private const string RolePrefix = "role/";
    private readonly string? _text;

    private LeaseKey(string text) => _text = text;

    /// <summary>The key as text; never empty for a value that was made.</summary>
    public string Text => _text ?? throw new InvalidOperationException("An unset LeaseKey has no text.");

    /// <summary>The scene; null for a role.</summary>
    public SceneId? Scene => SceneId.TryParse(Text, out var scene) ? scene : null;

    /// <summary>The right to write a scene.</summary>
    public static LeaseKey Of(SceneId scene) => new(scene.Value);

    /// <summary>A role.</summary>
    /// <param name="name">Its name, by <see cref="TopicLevel.Rule"/>.</param>
    /// <exception cref="FormatException">The name breaks the rule.</exception>
    public static LeaseKey OfRole(string name) => TopicLevel.IsValid(name) ? new(RolePrefix + name)
        : throw new FormatException($"'{name}' is not the name of a role: {TopicLevel.Rule}.");

    /// <summary>Reads what <see cref="Text"/> gave.</summary>
    /// <exception cref="FormatException">It is no key.</exception>
    public static LeaseKey Parse(string text) => text.StartsWith(RolePrefix, StringComparison.Ordinal)
        ? OfRole(text[RolePrefix.Length..]) : Of(SceneId.Parse(text));

    /// <inheritdoc/>
    public override string ToString() => _text ?? "(unset)";
}
