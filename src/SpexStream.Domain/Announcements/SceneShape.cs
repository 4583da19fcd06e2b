namespace SpexStream.Domain.Announcements;

/// <summary>Size of a whole scene in pixels, rows first as in <c>proj:shape</c>.</summary>
public readonly record struct SceneShape(int Rows, int Columns);
