namespace SpexStream.Domain.Explanation;

/// <summary>Who wrote a text that goes out.</summary>
public enum TextSource
{
    /// <summary>A language model, and the measured facts do not speak against it.</summary>
    Model,

    /// <summary>Our own sentences, from the measured facts.</summary>
    Template,
}
