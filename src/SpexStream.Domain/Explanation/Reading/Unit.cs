namespace SpexStream.Domain.Explanation.Reading;

/// <summary>What a quantity counts; areas are read in square metres, lengths in metres.</summary>
internal enum Unit
{
    None,
    Pixels,
    SquareMetres,
    Percent,
    Degrees,
    Metres,

    /// <summary>A label or date: no measurement.</summary>
    Label,
}
