namespace SpexStream.Pipeline.Scenes;

/// <summary>Every n-th pixel of a tile in three bands, for the browse picture.</summary>
/// <param name="Column">First column in the picture.</param>
/// <param name="Row">First row in the picture.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Rgb">Samples as the file holds them, red, green, blue interleaved, row by row.</param>
internal sealed record BrowseSamples(int Column, int Row, int Width, int Height, float[] Rgb);
