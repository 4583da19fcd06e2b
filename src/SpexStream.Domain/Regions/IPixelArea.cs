namespace SpexStream.Domain.Regions;

/// <summary>How much ground a pixel covers. Immutable.</summary>
public interface IPixelArea
{
    /// <summary>Square metres of any pixel of a scene row.</summary>
    double SquareMetres(int row);
}
