namespace SpexStream.Domain.Messages;

/// <summary>A link of an Item or event.</summary>
/// <param name="Rel">Relation: "self", "derived_from", "canonical" ...</param>
/// <param name="Href">URI or absolute path.</param>
/// <param name="Type">Media type; null when unknown.</param>
/// <param name="Title">For people; null when none.</param>
public sealed record ItemLink(string Rel, string Href, string? Type = null, string? Title = null);
