namespace SpexStream.Actors.Ingest;

/// <summary>A scene broke on what it was asked, on whichever node it lives.</summary>
/// <param name="fault">Type of the fault there.</param>
/// <param name="sentence">What happened, for people.</param>
public sealed class SceneBrokeException(string fault, string sentence) : Exception(sentence)
{
    /// <summary>Type of the fault, as its node knows it.</summary>
    public string Fault => fault;
}
