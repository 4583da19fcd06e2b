namespace SpexStream.Inference.Spex.Running;

/// <summary>Why an answer ends.</summary>
public enum AnswerEnd
{
    /// <summary>The model said so.</summary>
    EndToken,

    /// <summary>It has as many tokens as an answer may have.</summary>
    Limit,
}
